using System.Collections.Immutable;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Studies.Tests.Trials.Lifecycle;

/// <summary>Which trials a worker gets whose trials share devices by shape.</summary>
public sealed class ShapePlacementTests
{
    private static readonly WorkerIdentity A = new("a", "1");
    private static readonly WorkerIdentity B = new("b", "1");
    private static readonly LeasePolicy Policy = new(TimeSpan.FromSeconds(10));
    private readonly Dictionary<string, ImmutableArray<string?>> _plans = [];
    private CoordinatorState _state = CoordinatorState.Empty;

    [Fact]
    public void What_joins_a_running_shape_goes_first_within_its_round_of_seeds()
    {
        // Four cells of two seeds, of two shapes.
        Submit("s", "xxyyxxyy", seeds: 2);

        Assert.Equal([2, 6, 0, 4], Grant(A, 4, "y"));
        // The second seeds only now.
        Assert.Equal([3, 7, 1, 5], Grant(A, 4, "y"));
    }

    [Fact]
    public void A_worker_that_is_idle_goes_on_with_the_shape_that_it_gets_first()
    {
        Submit("s", "xyxyxy");

        Assert.Equal([0, 2, 4], Grant(A, 3));
        Assert.Equal([1, 3, 5], Grant(B, 3));
    }

    [Fact]
    public void Without_shapes_and_without_knowing_them_the_order_is_the_plans()
    {
        Submit("s", "xyxyxy");
        Assert.Equal([0, 1], Positions(Do(new GrantWork(A, new(2, 0), []))));

        _plans.Clear();

        Assert.Equal([2, 3], Grant(A, 2, "y"));
    }

    [Fact]
    public void Priority_and_turns_of_studies_come_before_shapes()
    {
        Submit("first", "xxx");
        Submit("peer", "yyy");
        Submit("urgent", "zz", priority: 1);

        Assert.Equal(["urgent", "urgent", "first", "peer", "first", "peer"], Studies(Do(Wish(A, 6, "y"))));
    }

    [Fact]
    public void A_trial_that_was_granted_before_is_passed_by_none_and_passes_none()
    {
        Submit("s", "xxyy");
        Assert.Equal([0], Grant(A, 1));
        Release(0);
        Assert.Equal([0], Grant(B, 1, "y"));

        Assert.Equal([2], Grant(A, 1, "y"));
        Release(2);
        Assert.Equal([3], Grant(A, 1, "y"));
        Assert.Equal([1], Grant(B, 1, "y"));
        Assert.Equal([2], Grant(B, 1, "y"));
    }

    [Fact]
    public void It_looks_no_further_than_the_next_256_trials()
    {
        Submit("s", $"{new string('x', 257)}y");

        Assert.Equal([0], Grant(A, 1, "y"));
        Assert.Equal([257], Grant(A, 1, "y"));
    }

    [Fact]
    public void In_any_history_every_trial_is_granted_after_at_most_those_of_its_round()
    {
        var random = new Random(7);
        for (var history = 0; history < 200; history++)
        {
            _state = CoordinatorState.Empty;
            _plans.Clear();
            var seeds = random.Next(1, 4);
            var cells = random.Next(1, 7);
            var trials = seeds * cells;
            Submit("s", string.Concat(Enumerable.Range(0, cells).Select(_ => new string((char)('x' + random.Next(3)), seeds))), seeds: seeds);
            var first = new List<int>();
            // A worker that insists on one shape, and gives much of it back.
            for (var turn = 0; first.Count < trials && turn < 20 * trials; turn++)
            {
                foreach (var position in Grant(random.Next(2) == 0 ? A : B, random.Next(1, 4), "x"))
                {
                    if (!first.Contains(position))
                    {
                        first.Add(position);
                    }

                    if (random.Next(3) == 0)
                    {
                        Release(position);
                    }
                }
            }

            Assert.Equal(trials, first.Count);
            Assert.Equal(first.Select(position => position % seeds).Order(), first.Select(position => position % seeds));
        }
    }

    private int[] Grant(WorkerIdentity worker, int free, params string[] running) => Positions(Do(Wish(worker, free, running)));

    private GrantWork Wish(WorkerIdentity worker, int free, params string[] running) => new(worker, new(free, 0), []) { Shapes = new([.. running], _plans) };

    private int[] Positions(IEnumerable<SweepEvent> events) => [.. events.OfType<TrialLeased>().Select(granted => _state.Places[granted.Key][0].Position)];

    private string[] Studies(IEnumerable<SweepEvent> events) => [.. events.OfType<TrialLeased>().Select(granted => _state.Places[granted.Key][0].Study)];

    private void Release(int position) => Do(new ReleaseTrial(KeyOf("s", position), _state.Trials[KeyOf("s", position)].Granted, "drained"));

    private static TrialKey KeyOf(string study, int position) => new($"{study}{position}".PadRight(64, 'a'));

    private void Submit(string study, string shapes, int seeds = 0, int priority = 0)
    {
        _plans[study] = [.. shapes.Select(shape => shape.ToString())];
        Do(new SubmitStudy(study, study, [.. shapes.Select((_, position) => KeyOf(study, position))], new(priority)) { Seeds = seeds });
    }

    private IReadOnlyList<SweepEvent> Do(SweepCommand command)
    {
        var decision = CoordinatorDecider.Decide(_state, command, DateTimeOffset.UnixEpoch, Policy);
        _state = _state.ApplyAll(decision.Events);
        return decision.Events;
    }
}
