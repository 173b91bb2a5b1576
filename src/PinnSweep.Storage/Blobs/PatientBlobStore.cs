using System.Data.Common;
using PinnSweep.Storage.Databases;

namespace PinnSweep.Storage.Blobs;

/// <summary>
/// Tries again while the database is away or its disk is full: a trial that is finished must not fail for that. Only cancellation ends the
/// trying.
/// </summary>
public sealed class PatientBlobStore(IBlobStore inner, TimeProvider clock) : IBlobStore
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Last = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Task PutAsync(string path, string sha256, long bytes, CancellationToken cancel) => InsistAsync(() => inner.PutAsync(path, sha256, bytes, cancel), cancel);

    /// <inheritdoc/>
    public Task FetchAsync(string sha256, string path, CancellationToken cancel) => InsistAsync(() => inner.FetchAsync(sha256, path, cancel), cancel);

    private async Task InsistAsync(Func<Task> attempt, CancellationToken cancel)
    {
        for (var pause = First; ; pause = pause * 2 < Last ? pause * 2 : Last)
        {
            try
            {
                await attempt();
                return;
            }
            catch (DbException failure) when (Outages.IsOne(failure))
            {
                await Task.Delay(pause, clock, cancel);
            }
        }
    }
}
