using System.Collections.Concurrent;
using System.Globalization;
using PinnSweep.Planning;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Api;

/// <summary>
/// Plans what is submitted, apart from all else that the node does: on threads of their own, one at a time, and ended after a while. A plan
/// begins in the quick lane; one that lasts longer than a moment goes on in the slow lane, so that a large study holds up other large ones
/// and nobody else.
/// </summary>
/// <param name="limit">How long a plan may take; waiting for a lane does not count.</param>
/// <param name="clock">The clock.</param>
internal sealed class SubmissionPlanner(TimeSpan limit, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Submissions that wait or are planned; further ones are to come again.</summary>
    public const int Most = 32;

    /// <summary>Of these, such that turned out to be large.</summary>
    public const int MostLarge = 3;

    private const int RetryAfterSeconds = 5;
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.25);
    private readonly TimeSpan _limit = limit;
    private readonly TimeProvider _clock = clock;
    private readonly SemaphoreSlim _quick = new(1);
    private readonly SemaphoreSlim _slow = new(1);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Task<StudyPlan>, byte> _begun = [];
    private int _all;
    private int _large;

    /// <summary>Large ones that are planned or wait for it.</summary>
    public int Large => Volatile.Read(ref _large);

    /// <summary>The plan.</summary>
    /// <exception cref="UserMistakeException">The study has mistakes, or takes too long.</exception>
    /// <exception cref="RefusalException">Too many are being planned.</exception>
    public async Task<StudyPlan> PlanAsync(StudySource source, int maximumTrials, CancellationToken cancel)
    {
        try
        {
            if (Interlocked.Increment(ref _all) > Most)
            {
                throw RefusalException.NotNow($"{Most} studies are being planned; try again", RetryAfterSeconds);
            }

            var plan = BeginAsync(source, maximumTrials, cancel);
            _begun.TryAdd(plan, 0);
            try
            {
                return await plan;
            }
            finally
            {
                _begun.TryRemove(plan, out _);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _all);
        }
    }

    /// <summary>Ends what is being planned.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var plan in _begun.Keys)
        {
            await ((Task)plan).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _quick.Dispose();
        _slow.Dispose();
        _end.Dispose();
    }

    private async Task<StudyPlan> BeginAsync(StudySource source, int maximumTrials, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _end.Token);
        await _quick.WaitAsync(either.Token);
        var turn = new Turn(this, either.Token);
        // A thread of its own: those of the pool answer requests.
        return await Task.Factory.StartNew(() => Plan(source, maximumTrials, turn), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static StudyPlan Plan(StudySource source, int maximumTrials, Turn turn)
    {
        try
        {
            return source.Plan(maximumTrials, turn);
        }
        catch (PlanningTooLongException)
        {
            throw new UserMistakeException(string.Create(
                CultureInfo.InvariantCulture,
                $"{source.FileName}: planning was ended after {turn.Limit.TotalSeconds:0.###} s, while {turn.Doing}; take fewer levels or a smaller problem file. `pinnsweep plan` has no limit, and an operator can raise that of a node (--planning-limit)"));
        }
        finally
        {
            turn.End();
        }
    }

    private sealed class PlanningTooLongException : Exception;

    /// <summary>One plan on its way through the lanes.</summary>
    private sealed class Turn(SubmissionPlanner planner, CancellationToken cancel) : PlanningWatch(cancel)
    {
        private readonly CancellationToken _cancel = cancel;
        private readonly TimeProvider _clock = planner._clock;
        private SemaphoreSlim? _lane = planner._quick;
        private bool _isLarge;
        private long _start = planner._clock.GetTimestamp();

        public TimeSpan Limit => planner._limit;

        public override void Check()
        {
            base.Check();
            var taken = _clock.GetElapsedTime(_start);
            if (taken > Limit)
            {
                throw new PlanningTooLongException();
            }

            if (!_isLarge && taken > Moment)
            {
                GoOnSlowly();
            }
        }

        public void End()
        {
            _lane?.Release();
            if (_isLarge)
            {
                Interlocked.Decrement(ref planner._large);
            }
        }

        private void GoOnSlowly()
        {
            _lane!.Release();
            _lane = null;
            _isLarge = true;
            if (Interlocked.Increment(ref planner._large) > MostLarge)
            {
                throw RefusalException.NotNow($"{MostLarge} large studies are being planned; try again", 10 * RetryAfterSeconds);
            }

            var before = _clock.GetTimestamp();
            planner._slow.Wait(_cancel);
            _lane = planner._slow;
            _start += _clock.GetTimestamp() - before;
        }
    }
}
