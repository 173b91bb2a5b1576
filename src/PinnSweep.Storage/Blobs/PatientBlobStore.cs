using System.Data.Common;
using PinnSweep.Storage.Databases;
using PinnSweep.Storage.Retries;
using Polly;

namespace PinnSweep.Storage.Blobs;

/// <summary>
/// Tries again while the database is away or its disk is full: a trial that is finished must not fail for that. Only cancellation ends the
/// trying.
/// </summary>
public sealed class PatientBlobStore(IBlobStore inner, TimeProvider clock) : IBlobStore
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Last = TimeSpan.FromSeconds(5);

    private readonly ResiliencePipeline<bool> _retry =
        EndlessRetry.Of<bool>(clock, First, Last, attempt => attempt.Exception is DbException failure && Outages.IsOne(failure));

    /// <inheritdoc/>
    public Task PutAsync(string path, string sha256, long bytes, CancellationToken cancel) => InsistAsync(() => inner.PutAsync(path, sha256, bytes, cancel), cancel);

    /// <inheritdoc/>
    public Task FetchAsync(string sha256, string path, CancellationToken cancel) => InsistAsync(() => inner.FetchAsync(sha256, path, cancel), cancel);

    private async Task InsistAsync(Func<Task> attempt, CancellationToken cancel) => await _retry.ExecuteAsync(
        async _ =>
        {
            await attempt();
            return true;
        },
        cancel);
}
