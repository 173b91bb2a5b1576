using PinnSweep.Storage.Curves;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Storage.Tests.Curves;

public sealed class SqliteCurveTablesTests() : CurveTablesTests(Database.Sqlite);

public sealed class PostgresCurveTablesTests() : CurveTablesTests(Database.Postgres);

public abstract class CurveTablesTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);
    private static readonly TrialKey First = new(new string('a', 64));
    private static readonly TrialKey Second = new(new string('b', 64));
    private readonly StoreFolder _folder;
    private readonly Store _store;

    protected CurveTablesTests(Database database)
    {
        _folder = new(database);
        _store = Store.Open(_folder.Path);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Points_come_back_in_order_and_from_a_step_on()
    {
        LivePoint[] points = [Point(First, 1, 200), Point(First, 1, 100, double.NaN, double.NaN), Point(Second, 1, 150)];

        _store.Curves.Append(points);

        Assert.Equal([points[1], points[0]], _store.Curves.Read(First));
        Assert.Equal([points[0]], _store.Curves.Read(First, after: 100));
        Assert.Empty(_store.Curves.Read(First, after: 200));
    }

    [Fact]
    public void A_point_that_comes_again_changes_nothing()
    {
        _store.Curves.Append([Point(First, 1, 100)]);
        _store.Curves.Append([Point(First, 1, 100, 7), Point(First, 1, 200)]);

        Assert.Equal([Point(First, 1, 100), Point(First, 1, 200)], _store.Curves.Read(First));
    }

    [Fact]
    public void An_attempt_that_went_on_from_a_checkpoint_replaces_what_lay_beyond_it()
    {
        _store.Curves.Append([Point(First, 1, 100), Point(First, 1, 200), Point(First, 1, 300), Point(First, 2, 200), Point(First, 2, 350)]);

        Assert.Equal([Point(First, 1, 100), Point(First, 2, 200), Point(First, 2, 350)], _store.Curves.Read(First));
        Assert.Equal([Point(First, 2, 350)], _store.Curves.Read(First, after: 250));
    }

    [Fact]
    public void An_accepted_result_ends_the_live_curve_also_for_points_that_come_late()
    {
        _store.Curves.Append([Point(First, 1, 100), Point(Second, 1, 100)]);

        _store.Decisions.Write([new TrialAccepted(First, 1, new(new string('c', 64), 1, Outcome.Stalled, 300, 0.5, 1), At)], 1);
        _store.Curves.Append([Point(First, 1, 200), Point(Second, 1, 200)]);

        Assert.Empty(_store.Curves.Read(First));
        Assert.Equal(2, _store.Curves.Read(Second).Length);
    }

    private static LivePoint Point(TrialKey key, int attempt, int step, double? relativeL2 = null, double rate = 123.5) =>
        new(key, attempt, new(step, step, double.NaN, double.NaN, relativeL2 ?? 1.0 / step, rate), At);
}
