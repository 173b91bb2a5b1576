using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.HardConstraints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>
/// The options of every network to keep conditions by construction: all that the problem's ansatz keeps (<see cref="HardConstraint"/>), or
/// the initial values alone (<see cref="ExactStart"/>).
/// </summary>
internal static class HardOption
{
    /// <summary>The parameter.</summary>
    public static Parameter<bool> Option { get; } = MethodParameters.Flag(
        "hard",
        standard: false,
        "keep conditions exactly by the problem's ansatz u = g + m N; their terms leave the loss (Lagaris, Likas, Fotiadis 1998)");

    /// <summary>The parameter for the start alone; it came later than the networks.</summary>
    public static Parameter<bool> Start { get; } = MethodParameters.Flag(
        "exact_start",
        standard: false,
        "keep the initial values alone exactly, u = u₀(x) + τ N with τ from 0 to 1 over time; goes with periodic networks, which the "
            + "ansatz of hard mostly does not (Urbán, Stefanou, Pons, arXiv 2405.04230, code)") with
    {
        Absent = new SpecValue.Flag(false),
    };

    /// <summary>The entry with the options to keep conditions by construction.</summary>
    public static NetworkEntry Of(NetworkEntry entry) => entry with
    {
        Method = entry.Method with
        {
            Parameters =
            [
                .. entry.Method.Parameters,
                Option,
                Start,
            ],
        },
        Adapt = (level, problem) => entry.Adapt(level, problem) is var adapted && IsOn(level) ? HardConstraint.Apply(adapted)
            : Start.Of(level) ? ExactStart.Apply(adapted)
            : adapted,
        WhyNotApplicable = (level, problem) => entry.WhyNotApplicable(level, problem) ?? (WhyNot(level, problem) is { } reason ? reason
            : (IsOn(level) || Start.Of(level)) && entry.FitsHead(level) ? "its head is fitted to conditions, which hard constraints take out of the loss"
            : null),
    };

    /// <summary>Whether a network keeps conditions by construction.</summary>
    public static bool IsOn(Level network) => Option.Of(network, otherwise: false);

    private static string? WhyNot(Level level, Problem problem) => (IsOn(level), Start.Of(level)) switch
    {
        (true, true) => $"{Option.Name} and {Start.Name} are two forms of the same output; take one",
        (true, false) => problem.Ansatz.IsEmpty ? "hard constraints need an ansatz, which this problem does not declare" : null,
        (false, true) => ExactStart.WhyNot(problem),
        _ => null,
    };
}
