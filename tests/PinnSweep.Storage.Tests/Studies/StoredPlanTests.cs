using System.Collections.Immutable;
using PinnSweep.Storage.Studies;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Storage.Tests.Studies;

public sealed class SqliteStoredPlanTests() : StoredPlanTests(Database.Sqlite);

public sealed class PostgresStoredPlanTests() : StoredPlanTests(Database.Postgres);

public abstract class StoredPlanTests : IDisposable
{
    /// <summary>A program that knows no method at all.</summary>
    private static readonly Catalog Nothing = new([], _ => throw new InvalidOperationException("a stored study asks no catalog"));
    private readonly StoreFolder _folder;
    private readonly StudyPlan _plan = Plan("some-study", 3);
    private Store _store;

    protected StoredPlanTests(Database database)
    {
        _folder = new(database);
        _store = Store.Open(_folder.Path);
        _store.Studies.Save(_plan, new StudyOrigin("my.yaml", "study: text", [("budget.steps", "10"), ("seeds", "\"3\"")], [("a.yaml", "a: \0\n")]));
    }

    private StoredStudy Stored => _store.Studies.Find("some-study")!;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_plan_comes_back_whatever_the_program_knows() =>
        Assert.Equal(StoredPlanJson.Write(_plan), StoredPlanJson.Write(_store.Studies.PlanOf(Stored, Nothing)));

    [Fact]
    public void The_seeds_of_a_cell_are_counted_by_the_descriptions_of_its_trials()
    {
        foreach (var seeds in new[] { 1, 2, 16, 17, 300 })
        {
            var plan = Plan($"seeds-{seeds}", seeds, balancers: ["b", "c", "d"]);
            _store.Studies.Save(plan, "study: text");
            Assert.Equal(seeds, _store.Studies.SeedsOfCell(plan.Hash));
        }

        // Three cells of two seeds, one of which has lost a row.
        var torn = Plan("seeds-2", 2, balancers: ["b", "c", "d"]).Hash;
        Execute($"delete from study_trials where study = '{torn}' and position = 5");
        Assert.Equal(0, _store.Studies.SeedsOfCell(torn));
        Assert.Equal(0, _store.Studies.SeedsOfCell("nothing"));
    }

    [Fact]
    public void Overrides_and_files_are_data_beside_the_text_as_it_was_written()
    {
        var row = _store.Connections.Query("select text, source, overrides, files from studies", row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3))).Single();

        Assert.Equal(("study: text", "my.yaml"), (row.Item1, row.Item2));
        Assert.Equal([("budget.steps", "10"), ("seeds", "\"3\"")], StudyOrigin.ReadPairs(row.Item3));
        Assert.Equal([("a.yaml", "a: \0\n")], StudyOrigin.ReadPairs(row.Item4));
    }

    [Theory]
    [InlineData("update studies set plan = replace(plan, '\"seeds\":[1', '\"seeds\":[2')")]
    [InlineData("update studies set plan = '{}'")]
    [InlineData("update studies set plan_sha256 = 'x'")]
    [InlineData("update studies set plan = null, plan_sha256 = null")]
    public void A_plan_that_is_damaged_or_missing_is_made_again_from_the_trials(string damage)
    {
        Execute(damage);

        var again = _store.Studies.PlanOf(Stored, Nothing);

        Assert.Equal(_plan.Hash, again.Hash);
        Assert.Equal(_plan.Trials, again.Trials);
        Assert.Equal(_plan.Cells.Select(cell => cell.Levels), again.Cells.Select(cell => cell.Levels));
        Assert.Equal((_plan.Spec.Metric, _plan.Spec.Control), (again.Spec.Metric, again.Spec.Control));
    }

    [Theory]
    [InlineData("update studies set plan = '{}'")]
    [InlineData("update studies set plan = null, plan_sha256 = null")]
    public void Saving_the_study_again_mends_its_plan(string damage)
    {
        Execute(damage);

        _store.Studies.Save(_plan, "another text");

        Assert.Equal(StoredPlanJson.Write(_plan), StoredPlanJson.Write(_store.Studies.PlanOf(Stored, Nothing)));
        Assert.Equal("study: text", Stored.Text);
    }

    [Fact]
    public void Saving_the_study_in_another_order_leaves_its_plan_in_the_order_of_its_trials()
    {
        Execute("update studies set plan = null, plan_sha256 = null");

        _store.Studies.Save(_plan with { Trials = [.. _plan.Trials.Reverse()] }, "another text");

        Assert.Equal(_plan.Trials, _store.Studies.PlanOf(Stored, Nothing).Trials);
    }

    [Fact]
    public void What_an_earlier_version_left_out_is_stored_once_when_a_writer_opens_the_store()
    {
        Execute("update studies set plan = null, plan_sha256 = null");
        Assert.NotEmpty(_store.Studies.PlanOf(Stored, Nothing).Notices);
        Assert.Equal(1, Missing());

        _store.Dispose();
        _store = Store.Open(_folder.Path, catalog: Nothing);

        Assert.Equal(0, Missing());
        Assert.Equal(0, _store.Studies.RecoverPlans(Nothing));
        Assert.Equal(_plan.Trials, _store.Studies.PlanOf(Stored, Nothing).Trials);
    }

    [Fact]
    public void One_study_that_cannot_be_made_again_neither_closes_the_store_nor_hides_the_others()
    {
        var other = Plan("other", 2, seedsFrom: 10);
        _store.Studies.Save(other, "study: other");
        Execute("update studies set plan = null, plan_sha256 = null");
        Execute($"update trials set description = 'broken' where key = '{_plan.Trials[0].Key.Hex}'");

        Assert.Equal(1, _store.Studies.RecoverPlans(Nothing));

        Assert.Equal(other.Trials, _store.Studies.PlanOf(_store.Studies.Find("other")!, Nothing).Trials);
        Assert.Contains(_plan.Trials[0].Key.Short, Assert.Throws<UserMistakeException>(() => _store.Studies.PlanOf(Stored, Nothing)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Summaries_tell_each_study_with_how_far_it_is_the_newest_first()
    {
        _store.Studies.Save(Plan("other", 2, seedsFrom: 2), "study: other");
        var (done, both) = (_plan.Trials[0].Key.Hex, _plan.Trials[1].Key.Hex);
        foreach (var key in (string[])[done, both])
        {
            Execute($"insert into results (key, attempt, blob, outcome, steps, seconds, accepted_at) values ('{key}', 1, 'b', 'stalled', 1, 1, '')");
        }

        Execute($"insert into quarantined (key, at) values ('{_plan.Trials[2].Key.Hex}', '')");

        Assert.Equal(
            [("other", 2, 1, 1), ("some-study", 3, 2, 1)],
            _store.Studies.Summaries().Select(study => (study.Name, study.Planned, study.Accepted, study.Quarantined)));
    }

    [Fact]
    public void The_beginning_of_a_hash_names_a_study_where_it_is_long_enough_and_clear()
    {
        foreach (var hash in (string[])["abcdef01", "abcdef02", "fedcba98"])
        {
            _store.Studies.Save(_plan with { Hash = hash }, "text");
        }

        Assert.Equal("fedcba98", StudyLookup.Of(_store.Studies, "FEDCBA").Study!.Hash);
        Assert.Equal((null, true), (StudyLookup.Of(_store.Studies, "abcdef").Study, StudyLookup.Of(_store.Studies, "abcdef").IsAmbiguous));
        Assert.Equal(default, StudyLookup.Of(_store.Studies, "fedcb"));
        Assert.Equal(default, StudyLookup.Of(_store.Studies, "fedcbx"));
    }

    private int Missing() => (int)_store.Connections.Query("select count(*) from studies where plan is null", row => row.GetInt64(0)).Single();

    private void Execute(string sql)
    {
        using var connection = _store.Connections.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    private static StudyPlan Plan(string name, int trials, int seedsFrom = 1, params string[] balancers)
    {
        var levels = new CellLevels(Level.Of("p"), Level.Of("n"), Level.Of("b"), Level.Of("s"), Level.Of("o"), Level.Of("t"), Precision.Float64);
        ImmutableArray<long> seeds = [.. Enumerable.Range(seedsFrom, trials).Select(seed => (long)seed)];
        var catalog = new Catalog([], _ => null);
        var factors = FactorWords.All.ToImmutableSortedDictionary(factor => factor, factor => ImmutableArray.Create(levels[factor]));
        factors = balancers is [] ? factors : factors.SetItem(Factor.Balancer, [.. balancers.Select(kind => Level.Of(kind))]);
        return Planner.Plan(new(name, "mse", seeds, factors, [], Budget.OfSteps(10), 10, 1e-2, new(Factor.Balancer, Level.Of("b"))), catalog);
    }
}
