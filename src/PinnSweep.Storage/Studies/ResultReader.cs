using PinnSweep.Storage.Databases;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Storage.Studies;

/// <summary>
/// Contents of results by the hashes that they had when a report began: whatever is accepted meanwhile, a report shows one moment. A
/// content that is not what its hash says is not read.
/// </summary>
internal sealed class ResultReader(Connections connections, IReadOnlyDictionary<TrialKey, string> contents) : IResultReader
{
    // Some megabytes; few enough that a server is asked seldom.
    private const int AtOnce = 250;

    public IEnumerable<TrialResult> Read(IEnumerable<TrialKey> trials, ResultParts parts)
    {
        foreach (var some in trials.Chunk(AtOnce))
        {
            var read = Fetch([.. some.Select(trial => contents[trial]).Distinct()], parts);
            foreach (var trial in some)
            {
                yield return read.GetValueOrDefault(contents[trial]) is { } result && result.Key == trial
                    ? result
                    : throw new UserMistakeException($"{connections.Display}: the result of trial {trial.Short} could be read when the report began and cannot be any more; make the report again");
            }
        }
    }

    private Dictionary<string, TrialResult> Fetch(string[] wanted, ResultParts parts)
    {
        var read = new Dictionary<string, TrialResult>(StringComparer.Ordinal);
        using var connection = connections.Open();
        foreach (var (blob, content) in ResultContents.Contents(connections, connection, wanted))
        {
            try
            {
                read[blob] = PackedResult.Open(content, parts);
            }
            catch (InvalidDataException)
            {
                // As if it were not there.
            }
        }

        return read;
    }
}
