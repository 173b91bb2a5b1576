using System.Collections.Immutable;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>Reads <c>seeds</c>: a count (seeds 1 … n) or a list of seeds.</summary>
internal sealed class SeedReader(MistakeList mistakes)
{
    public ImmutableArray<long> Read(SourceNode? node)
    {
        switch (node)
        {
            case null:
                return Upto(StudyDefaults.SeedCount);
            case SourceNode.Scalar scalar when CoreSchema.Resolve(scalar) is SpecValue.Number { Value: var count } && Math.Floor(count) == count &&
                count >= 1 && count <= StudyFile.MaximumTrials:
                return Upto(checked((int)count));
            case SourceNode.List { Items.Count: > 0 } list:
                return Listed(list);
            default:
                mistakes.Add(node.Place, "seeds", $"expected how many (1 to {FormattableString.Invariant($"{StudyFile.MaximumTrials:N0}")}) or a list of at least one seed; found {(node is SourceNode.List ? "an empty list" : node.Words)}");
                return [];
        }
    }

    private static ImmutableArray<long> Upto(int count) => [.. Enumerable.Range(1, count).Select(seed => (long)seed)];

    private ImmutableArray<long> Listed(SourceNode.List list)
    {
        var first = new Dictionary<long, Place>();
        foreach (var item in list.Items)
        {
            if (item is not SourceNode.Scalar scalar || CoreSchema.Resolve(scalar) is not SpecValue.Number { Value: var value } ||
                Math.Floor(value) != value || Math.Abs(value) > ValueReader.LargestExact)
            {
                mistakes.Add(item.Place, "seeds", $"expected whole numbers of at most 2^53; found {item.Words}");
            }
            else if (!first.TryAdd(checked((long)value), item.Place))
            {
                mistakes.Add(item.Place, "seeds", $"seed {item.Words} stands twice; its trials would be the same");
            }
        }

        return [.. first.Keys];
    }
}
