using System.Collections.Immutable;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;

namespace PinnSweep.Studies.Files;

/// <summary>Reads <c>hypotheses</c>: sentences that no program understands and a lock keeps.</summary>
internal sealed class HypothesesReader(MistakeList mistakes)
{
    public const string Key = "hypotheses";
    private const int Most = 100;
    private const int Longest = 2000;
    private const string Example = "[\"relobralo beats static on every problem\"]";

    public ImmutableArray<string> Read(SourceEntry? given)
    {
        if (given is null or { Value: SourceNode.Scalar { IsNull: true } })
        {
            return [];
        }

        if (given.Value is not SourceNode.List list)
        {
            mistakes.Add(given.Place, Key, $"expected a list of sentences, for instance {Example}; found {given.Value.Words}");
            return [];
        }

        if (list.Items.Count > Most)
        {
            mistakes.Add(given.Place, Key, FormattableString.Invariant($"{list.Items.Count} sentences; at most {Most} are kept"));
            return [];
        }

        var sentences = ImmutableArray.CreateBuilder<string>();
        foreach (var item in list.Items)
        {
            if (item is SourceNode.Scalar { IsNull: false, Text: var text } && !string.IsNullOrWhiteSpace(text) && text.Length <= Longest)
            {
                sentences.Add(text.Trim());
            }
            else
            {
                mistakes.Add(item.Place, Key, FormattableString.Invariant($"expected a sentence of at most {Longest} characters, in quotes where it has a colon; found {item.Words}"));
            }
        }

        return sentences.ToImmutable();
    }
}
