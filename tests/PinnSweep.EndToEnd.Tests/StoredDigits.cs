using System.Text.Json;
using PinnSweep.Storage;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Messages;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>What a store holds of its trials, as text to be compared.</summary>
internal static class StoredDigits
{
    /// <summary>
    /// The stored results, with every digit of their curves and fields; the seconds and the account of where and when are left out.
    /// </summary>
    /// <param name="path">The store.</param>
    /// <param name="steps">Only of trials with so many steps; 0 of all.</param>
    /// <param name="notSteps">Only of trials with another number of steps.</param>
    public static string Of(string path, int steps = 0, int notSteps = 0)
    {
        using var store = Store.OpenForReading(path);
        var results = store.Connections
            .Query(FormattableString.Invariant($"select blobs.content from results join blobs on blobs.sha256 = results.blob where steps <> {notSteps} and ({steps} = 0 or steps = {steps}) order by results.key"), row => JsonSerializer.SerializeToNode(PackedResult.Open(row.GetFieldValue<byte[]>(0)), TrainerProtocol.Json)!.AsObject());
        foreach (var result in results)
        {
            Assert.StartsWith("fused", result["evidence"]!["engine"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.True(result.Remove("evidence") && result.Remove("seconds") && result.Remove("final") && result.ContainsKey("field"));
            Assert.NotEmpty(result["curve"]!.AsArray());
            Assert.All(result["curve"]!.AsArray(), point => Assert.True(point!.AsObject().Remove("seconds")));
        }

        return string.Join('\n', results.Select(result => result.ToJsonString()));
    }

    /// <summary>How often the trials with a checkpoint had been tried when they left it, at most; 0 without any.</summary>
    public static long LastCheckpointedAttempt(string path)
    {
        using var store = Store.OpenForReading(path);
        return store.Connections.Query("select coalesce(max(attempt), 0) from checkpoints", row => row.GetInt64(0))[0];
    }
}
