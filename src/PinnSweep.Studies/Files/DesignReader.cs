using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Files;

/// <summary>Reads <c>design</c>: points over all ranges of a study that searches for nothing.</summary>
internal sealed class DesignReader(MistakeList mistakes)
{
    public const string Key = "design";
    private const string Example = "{kind: sobol, count: 20}";
    private const int MaximumCount = 1000;
    private static readonly string[] Keys = ["kind", "count", "seed"];
    private static readonly string[] Kinds = [.. DesignWords.All.Where(kind => kind is not (DesignKind.Tpe or DesignKind.External)).Select(kind => kind.ToWord())];

    public DesignSpec? Read(SourceNode.Map study, IEnumerable<PlacedLevel> levels)
    {
        var before = mistakes.Count;
        if (SectionReader.Open(study, Key, Example, Keys, mistakes) is not { } section)
        {
            return null;
        }

        if (study.Find(TuneReader.Key) is { Value: not SourceNode.Scalar { IsNull: true } } tune)
        {
            mistakes.Add(study.Find(Key)!.Place, Key, $"stands beside tune ({tune.Place}), which has a design of its own (tune.design); leave one out");
            return null;
        }

        if (section.Node("kind") is null)
        {
            section.Refuse("kind", $"missing 'kind'; expected one of {string.Join(", ", Kinds)}");
        }

        var kind = section.Word("kind", Kinds) is { } word ? DesignWords.FromWord(word) : null;
        if (section.Node("count") is null && kind != DesignKind.Grid)
        {
            section.Refuse("count", "missing 'count'; expected how many points");
        }

        var count = section.Number("count", new ParameterType.Integer(1, MaximumCount)) ?? MaximumCount;
        var seed = section.Number("seed", new ParameterType.Integer(0)) ?? 1;
        if (mistakes.Count == before && levels.All(level => level.Space is null))
        {
            section.Refuse("kind", "no level has a range to choose from; write for instance lr: {log: [1e-4, 1e-2]} in a level, or leave the design out");
        }

        return mistakes.Count == before ? new(kind!.Value, (int)count, (long)seed) : null;
    }
}
