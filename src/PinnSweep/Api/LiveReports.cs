using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Logging;
using PinnSweep.Storage;
using PinnSweep.Views;

namespace PinnSweep.Api;

/// <summary>
/// Reports as pages show them: made in the background, one a study, kept for all who look, and never so often that making them is most of
/// what the machine does. What nobody asks for any more is not finished.
/// </summary>
internal sealed class LiveReports(Store store, StudyIndex studies, StudyStates states, TimeProvider clock, ILogger log) : IAsyncDisposable
{
    private const int Kept = 6;

    // Of the time of one processor making reports takes at most this part.
    private const int RestFactor = 19;
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly LinkedList<OfStudy> _studies = new();
    private bool _isDisposed;

    /// <summary>
    /// The newest report of a study. What is there is given at once, and a newer one is begun where it may be; only the first is waited for.
    /// </summary>
    /// <exception cref="RefusalException">There is no such study.</exception>
    public async Task<LiveRendering> OfAsync(string id, CancellationToken cancel)
    {
        var study = await studies.FindAsync(id, cancel);
        var own = Touch(study.Hash);
        return own.Newest ?? await own.First.WaitAsync(cancel);
    }

    /// <summary>The newest report of a study if there is one; begins a newer one where it may be.</summary>
    /// <param name="hash">The study.</param>
    public LiveRendering? Newest(string hash) => Touch(hash).Newest;

    public async ValueTask DisposeAsync()
    {
        OfStudy[] all;
        lock (_lock)
        {
            _isDisposed = true;
            all = [.. _studies];
        }

        foreach (var study in all)
        {
            await study.DisposeAsync();
        }
    }

    private OfStudy Touch(string hash)
    {
        lock (_lock)
        {
            var own = _studies.FirstOrDefault(study => study.Hash == hash);
            if (own is null)
            {
                own = new(hash);
                while (_studies.Count >= Kept && _studies.Last!.Value.IsIdle)
                {
                    _studies.RemoveLast();
                }
            }
            else
            {
                _studies.Remove(own);
            }

            _studies.AddFirst(own);
            if (!_isDisposed)
            {
                own.Touch(clock, Patience, cancel => MakeAsync(own, cancel));
            }

            return own;
        }
    }

    private async Task MakeAsync(OfStudy own, CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        try
        {
            var study = await ViewAsync(own.Hash, cancel);
            var counts = (study.Status?.Accepted, study.Status?.Quarantined, study.Status?.Stage?.Number, study.Plan.Trials.Length);
            if (own.Newest is null || own.Counts != counts)
            {
                using var turn = await studies.ReportTurns.TakeAsync(own.Hash, Patience, cancel);
                if (turn is not null)
                {
                    begun = clock.GetTimestamp();
                    own.Show(await Task.Run(() => LiveReportMaker.Make(store, study, clock.GetUtcNow(), cancel), cancel), counts);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            own.Fail(RefusalException.NotNow("nobody waited for the report", 1));
        }
        catch (Exception failure)
        {
            // Whoever waits for the first is told; a page keeps what it has.
            own.Fail(failure);
            if (failure is not (RefusalException or System.Data.Common.DbException))
            {
                LogEvents.RequestFailed(log, failure, "GET", "the report of a page");
            }
        }
        finally
        {
            var took = clock.GetElapsedTime(begun);
            own.RestUntil(clock.GetTimestamp(), took * RestFactor is var rest && rest > ShortestRest ? rest : ShortestRest);
        }
    }

    /// <summary>The study as it stands; from the store alone while no coordinator answers.</summary>
    private async Task<StudyView> ViewAsync(string hash, CancellationToken cancel)
    {
        try
        {
            return await states.OfAsync(hash, cancel);
        }
        catch (RefusalException away) when (away.RetryAfterSeconds is not null)
        {
            var plan = await studies.PlanAsync(await studies.FindAsync(hash, cancel), cancel);
            return await Task.Run(() => StudyView.Of(plan, store.Studies.PageOf(hash, 0, plan.Trials.Length), null, StudyStates.NothingRuns), cancel);
        }
    }

    private sealed class OfStudy(string hash) : IAsyncDisposable
    {
        private readonly Lock _lock = new();
        private TaskCompletionSource<LiveRendering> _first = NewSource();
        private CancellationTokenSource? _stop;
        private Task _making = Task.CompletedTask;
        private long? _restFrom;
        private TimeSpan _rest;

        public string Hash { get; } = hash;

        public LiveRendering? Newest { get; private set; }

        public (int?, int?, int?, int) Counts { get; private set; }

        public bool IsIdle => _making.IsCompleted;

        /// <summary>Ends with the first report, or with what hindered it; then the next try has another.</summary>
        public Task<LiveRendering> First
        {
            get
            {
                lock (_lock)
                {
                    return _first.Task;
                }
            }
        }

        public void Touch(TimeProvider clock, TimeSpan patience, Func<CancellationToken, Task> make)
        {
            lock (_lock)
            {
                if (!_making.IsCompleted)
                {
                    _stop!.CancelAfter(patience);
                    return;
                }

                if (_restFrom is { } from && clock.GetElapsedTime(from) < _rest && !(Newest is null && _first.Task.IsFaulted))
                {
                    return;
                }

                _first = Newest is null && _first.Task.IsCompleted ? NewSource() : _first;
                _stop?.Dispose();
                _stop = new(patience, clock);
                var cancel = _stop.Token;
                _making = Task.Run(() => make(cancel), CancellationToken.None);
            }
        }

        public void Show(LiveRendering made, (int?, int?, int?, int) counts)
        {
            lock (_lock)
            {
                (Newest, Counts) = (made, counts);
                _first.TrySetResult(made);
            }
        }

        public void Fail(Exception failure)
        {
            lock (_lock)
            {
                if (_first.TrySetException(failure))
                {
                    // Seen: nobody may wait for it.
                    _ = _first.Task.Exception;
                }
            }
        }

        public void RestUntil(long from, TimeSpan rest)
        {
            lock (_lock)
            {
                (_restFrom, _rest) = (from, rest);
                Fail(RefusalException.NotNow("other reports are being made", 5));
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (_stop is not null)
            {
                await _stop.CancelAsync();
                await _making;
                _stop.Dispose();
            }
        }

        private static TaskCompletionSource<LiveRendering> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
