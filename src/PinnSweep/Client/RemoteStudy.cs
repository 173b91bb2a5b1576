using System.Text.Json;
using PinnSweep.Api;
using PinnSweep.Storage.Retries;

namespace PinnSweep.Client;

/// <summary>Follows a study of a cluster from outside, until nothing more happens unasked. A lost connection is made again.</summary>
/// <param name="client">The node that is asked.</param>
/// <param name="study">Its name, its hash or the beginning of that.</param>
/// <param name="clock">The clock of pauses.</param>
internal sealed class RemoteStudy(ApiClient client, string study, TimeProvider clock)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private readonly string _path = $"api/studies/{ApiClient.Part(study)}";

    /// <summary>The state to begin with; waits where a node answers and no coordinator does, as between two of them.</summary>
    /// <param name="note">Told once when it has to wait.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <exception cref="UnreachableException">Nobody answers at all.</exception>
    public async Task<StudyModel> FirstAsync(Action<string> note, CancellationToken stop)
    {
        var retry = EndlessRetry.Of<StudyModel>(
            clock,
            Between,
            Between,
            attempt => attempt.Exception is UnreachableException { IsNotNow: true },
            (pauses, attempt) => Note(pauses == 0 ? note : _ => { }, attempt.Exception));
        return await retry.ExecuteAsync(async cancel => await client.GetAsync<StudyModel>(_path, cancel), stop);
    }

    /// <summary>Tells the first state and each one after it; the last one is the result.</summary>
    /// <param name="first">The state to begin with.</param>
    /// <param name="tell">Told each state.</param>
    /// <param name="note">Told of each lost connection.</param>
    /// <param name="stop">Ends the following.</param>
    public async Task<StudyModel> FollowAsync(StudyModel first, Action<StudyModel> tell, Action<string> note, CancellationToken stop)
    {
        var state = first;
        string? lastEvent = null;
        tell(state);
        // A connection that ended without the last event was lost too, if politely.
        var retry = EndlessRetry.Of<bool>(
            clock,
            Between,
            Between,
            attempt => attempt.Exception is UnreachableException || attempt is { Exception: null, Result: false },
            (_, attempt) => Note(note, attempt.Exception));
        await retry.ExecuteAsync(
            async cancel => await client.ListenAsync(
                $"{_path}/watch",
                lastEvent,
                item =>
                {
                    lastEvent = item.EventId ?? lastEvent;
                    if (item.EventType == WatchEndpoint.Status)
                    {
                        state = JsonSerializer.Deserialize<StudyModel>(item.Data, ApiJson.Options)!;
                        tell(state);
                    }

                    return item.EventType != WatchEndpoint.End;
                },
                cancel),
            stop);
        return state;
    }

    private static void Note(Action<string> note, Exception? lost)
    {
        if (lost is not null)
        {
            note($"{lost.Message}; trying again");
        }
    }
}
