using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Files;

/// <summary>Reads <c>stop_when</c>: when a trial ends before its budget.</summary>
internal sealed class StopReader(MistakeList mistakes)
{
    public const string Key = "stop_when";
    private const string Example = "{weights_above: 1e8, flat_for: 20}";
    private const string NonFinite = "non_finite";
    private const string Weights = "weights_above";
    private const string Flat = "flat_for";
    private const int MostEvaluations = 1_000_000;
    private static readonly string[] Keys = [NonFinite, Weights, Flat];

    /// <summary>The rules; null where there are none beyond what ends every training, or a mistake was added.</summary>
    /// <param name="study">The study file.</param>
    /// <param name="evaluations">Evaluations of the longest trial after the first; null where the budget does not tell.</param>
    public StopRules? Read(SourceNode.Map study, int? evaluations)
    {
        var before = mistakes.Count;
        if (SectionReader.Open(study, Key, Example, Keys, mistakes) is not { } section)
        {
            return null;
        }

        if (Keys.All(key => section.Node(key) is null))
        {
            section.Refuse(NonFinite, $"names no rule; expected for instance {Example}");
        }

        if (section.Flag(NonFinite) == false)
        {
            section.Refuse(NonFinite, "a training whose loss, gradient or parameters are not finite has nothing to go on from and always ends, as diverged; leave the key out");
        }

        var weights = section.Number(Weights, new ParameterType.Number(0, double.MaxValue, ExclusiveMinimum: true));
        var flat = section.Number(Flat, new ParameterType.Integer(1, MostEvaluations));
        if (flat >= evaluations)
        {
            section.Refuse(Flat, FormattableString.Invariant($"{flat} evaluations without progress never happen: the longest trial has {evaluations}; give fewer, or a smaller evaluate_every"));
        }

        return mistakes.Count > before || (weights is null && flat is null) ? null : new(weights, (int?)flat);
    }
}
