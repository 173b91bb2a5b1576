using PinnSweep.Storage;
using PinnSweep.Storage.Blobs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials;
using PinnSweep.Training.Solutions;
using PinnSweep.Views;

namespace PinnSweep.Solutions;

/// <summary>A trained network as a person names it: a file, or a trial of a store.</summary>
/// <param name="Solution">Ready to be asked.</param>
/// <param name="Result">The record of the trial; null where a file was named.</param>
internal sealed record NamedNetwork(TrainedSolution Solution, TrialResult? Result) : IDisposable
{
    /// <summary>Opens it.</summary>
    /// <param name="name">A file, or a key or the beginning of one.</param>
    /// <param name="place">The store that trials are looked for in.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="UserMistakeException">There is none, or it cannot be used.</exception>
    public static async Task<NamedNetwork> OpenAsync(string name, string place, CancellationToken stop)
    {
        if (File.Exists(name))
        {
            return new(Read(name, await File.ReadAllBytesAsync(name, stop)), null);
        }

        if (!TrialLookup.IsKey(name))
        {
            throw new UserMistakeException($"{NearestMatch.Quote(name)} is neither a file nor the key of a trial; `pinnsweep train --save FOLDER` writes files, `pinnsweep trials STUDY` lists keys");
        }

        using var store = Store.OpenForReading(place);
        var trial = TrialLookup.Of(store, name);
        return new(await OfTrialAsync(store, trial, stop), store.Studies.ResultOf(trial));
    }

    public void Dispose() => Solution.Dispose();

    private static async Task<TrainedSolution> OfTrialAsync(Store store, TrialKey trial, CancellationToken stop)
    {
        if (store.Studies.NetworkOf(trial) is not { } blob)
        {
            var why = store.Studies.ResultOf(trial) switch
            {
                null => "it has no accepted result yet",
                { Outcome: Outcome.Diverged } => "its training diverged, and nothing finite is left of the network",
                _ => $"its result was stored without; `pinnsweep train --trial {trial.Short} --store {store.Path} --save FOLDER` trains it again and writes the network",
            };
            throw new UserMistakeException($"trial {trial.Short} has no trained network in {store.Path}: {why}");
        }

        var path = Path.Combine(Path.GetTempPath(), $"pinnsweep-{Guid.NewGuid():n}{NetworkFile.Extension}");
        try
        {
            await store.Blobs.FetchAsync(blob, path, stop);
            return Read($"the network of trial {trial.Short}", await File.ReadAllBytesAsync(path, stop));
        }
        catch (Exception damaged) when (damaged is BlobCorruptException or KeyNotFoundException)
        {
            throw new UserMistakeException($"the trained network of trial {trial.Short} cannot be used ({damaged.Message}); `pinnsweep train --trial {trial.Short} --store {store.Path} --save FOLDER` makes it again", damaged);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static TrainedSolution Read(string name, byte[] bytes)
    {
        try
        {
            return TrainedSolution.Of(NetworkFile.Read(bytes));
        }
        catch (InvalidDataException unusable)
        {
            throw new UserMistakeException($"{name}: {unusable.Message}", unusable);
        }
    }
}
