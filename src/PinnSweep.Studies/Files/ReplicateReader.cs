using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Replication;
using PinnSweep.Studies.Sources;

namespace PinnSweep.Studies.Files;

/// <summary>Reads <c>replicate</c>: seeds until comparisons are decided.</summary>
internal sealed class ReplicateReader(MistakeList mistakes)
{
    public const string Key = "replicate";
    private const string Example = "{until: decided, looks: [5, 10, 20, 40]}";
    private const int FewestSeeds = 3;
    private const double UsualAlpha = 0.05;
    private const double UsualEquivalence = 1.5;
    private static readonly string[] Keys = ["until", "looks", "alpha", "spending", "equivalence"];

    public ReplicateSpec? Read(SourceNode.Map study)
    {
        var before = mistakes.Count;
        if (SectionReader.Open(study, Key, Example, Keys, mistakes) is not { } section)
        {
            return null;
        }

        section.Word("until", ["decided"]);
        if (section.Node("looks") is null)
        {
            section.Refuse("looks", "missing 'looks'; expected the seeds a cell at each look, for instance [5, 10, 20, 40]");
        }

        var looks = section.Growing(section.Node("looks"), "looks", FewestSeeds, 1, "[5, 10, 20, 40]");
        var alpha = section.Number("alpha", new ParameterType.Number(0, 0.5, ExclusiveMinimum: true)) ?? UsualAlpha;
        var spending = section.Word("spending", [.. SpendingWords.All.Select(known => known.ToWord())]) is { } word ? SpendingWords.FromWord(word)!.Value : SpendingFunction.OBrienFleming;
        var equivalence = section.Number("equivalence", new ParameterType.Number(1, 1000)) ?? UsualEquivalence;
        if (equivalence <= 1)
        {
            section.Refuse("equivalence", "expected a factor above 1, for instance 1.5");
        }

        return mistakes.Count == before ? new([.. looks!], alpha, spending, equivalence) : null;
    }

    /// <summary>The seeds of the evaluation up to the last look; a count is raised to it.</summary>
    public ImmutableArray<long> Seeds(ReplicateSpec spec, ImmutableArray<long> seeds, SourceEntry? given)
    {
        var last = spec.Looks[^1];
        if (given?.Value is SourceNode.List && seeds.Length < last)
        {
            mistakes.Add(given.Place, "seeds", FormattableString.Invariant($"lists {seeds.Length} seeds and the last look of replicate takes {last}; list as many, or give a count"));
        }
        else if (given is not null && seeds.Length > last)
        {
            mistakes.Add(given.Place, "seeds", FormattableString.Invariant($"{seeds.Length} seeds, and the last look of replicate takes {last}; let the looks end at {seeds.Length}, or give fewer"));
        }

        return seeds.Length >= last ? [.. seeds.Take(last)] : [.. Enumerable.Range(1, last).Select(seed => (long)seed)];
    }
}
