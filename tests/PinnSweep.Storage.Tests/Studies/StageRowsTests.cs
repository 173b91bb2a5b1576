using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using static PinnSweep.Studies.Catalogs.MethodParameters;

namespace PinnSweep.Storage.Tests.Studies;

public sealed class SqliteStageRowsTests() : StageRowsTests(Database.Sqlite);

public sealed class PostgresStageRowsTests() : StageRowsTests(Database.Postgres);

/// <summary>Decisions of studies in stages, beside their plans.</summary>
public abstract class StageRowsTests : IDisposable
{
    private static readonly Catalog Methods = new(
        [
            new(Factor.Problem, "p", "p", "s", []),
            new(Factor.Network, "mlp", "n", "s", []),
            new(Factor.Balancer, "static", "b", "s", []),
            new(Factor.Balancer, "soft", "b", "s", [Positive("tau", 1, "")]),
            new(Factor.Sampler, "uniform", "u", "s", []),
            new(Factor.Optimizer, "adam", "a", "s", [Positive("lr", 1e-3, "")]),
            new(Factor.Time, "none", "t", "s", []),
        ],
        _ => null);

    private readonly StoreFolder _folder;
    private readonly Store _store;
    private readonly StudyPlan _plan = Plan(12);

    protected StageRowsTests(Database database)
    {
        _folder = new(database);
        _store = Store.Open(_folder.Path);
        _store.Studies.Save(_plan, "study: text");
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_plan_in_stages_comes_back_with_what_was_decided()
    {
        Assert.Equal(StoredPlanJson.Write(_plan), StoredPlanJson.Write(_store.Studies.StagedPlanOf(_plan.Hash)!));

        var grown = Decide(_plan);

        Assert.Equal(2, grown.Stages.Length);
        Assert.True(grown.Trials.Length > _plan.Trials.Length);
        Assert.Equal(StoredPlanJson.Write(grown), StoredPlanJson.Write(_store.Studies.StagedPlanOf(_plan.Hash)!));
        Assert.Equal(grown.Trials.Select(trial => trial.Key), _store.Studies.TrialsOf(_plan.Hash));
        Assert.Equal(grown.Trials.Length, _store.Studies.DescriptionsOf(_store.Studies.TrialsOf(_plan.Hash)).Count);
    }

    [Fact]
    public void Later_stages_keep_the_budgets_that_cells_have_of_their_own()
    {
        var grown = Decide(_store.Studies.StagedPlanOf(_plan.Hash)!);

        Assert.Contains(grown.Trials, trial => trial.Description.Levels.Balancer.Kind == "soft");
        Assert.All(grown.Trials, trial => Assert.Equal(trial.Description.Levels.Balancer.Kind == "soft" ? 20 : 10, trial.Description.Budget.Steps));
        Assert.Equal(grown.Trials, Decide(_plan).Trials);
    }

    [Fact]
    public void The_same_study_with_its_levels_in_another_order_keeps_its_cells()
    {
        StudyPlan Looks(string balancers) => Planner.Plan(
            StudyFile.Parse(
                $"study: looks\nseeds: 4\nfactors: {{problem: p, balancer: [{balancers}]}}\nbudget: {{steps: 10}}\nreplicate: {{looks: [3, 4]}}\n", "looks.yaml", Methods),
            Methods);
        var plan = Looks("static, soft");
        _store.Studies.Save(plan, "study: text");
        var grown = Decide(plan);
        var turned = Looks("soft, static");
        Assert.Equal(plan.Hash, turned.Hash);

        _store.Studies.Save(turned, "study: text");

        Assert.Equal(StoredPlanJson.Write(grown), StoredPlanJson.Write(_store.Studies.StagedPlanOf(plan.Hash)!));
        Assert.Equal(grown.Trials.Select(trial => trial.Key), _store.Studies.TrialsOf(plan.Hash));
    }

    [Fact]
    public void The_first_decision_of_a_number_stays()
    {
        var grown = Decide(_plan);

        var other = _store.Studies.SaveStage(_plan, new(1, StageKind.Generation, "another", true));

        Assert.Equal(StageJson.Write(grown.Stages[1]), StageJson.Write(other.Stages[1]));
        Assert.Equal(grown.Trials.Select(trial => trial.Key), _store.Studies.TrialsOf(_plan.Hash));
    }

    [Fact]
    public void Submitting_it_again_as_it_began_takes_nothing_away()
    {
        var grown = Decide(_plan);

        _store.Studies.Save(_plan, "study: text");

        Assert.Equal(StoredPlanJson.Write(grown), StoredPlanJson.Write(_store.Studies.StagedPlanOf(_plan.Hash)!));
        Assert.Equal(grown.Trials.Select(trial => trial.Key), _store.Studies.TrialsOf(_plan.Hash));
    }

    [Fact]
    public void A_damaged_decision_ends_what_is_known_and_gives_way_when_it_is_decided_again()
    {
        var grown = Decide(_plan);
        Execute("update stages set document = document || ' '");
        Assert.Single(_store.Studies.StagedPlanOf(_plan.Hash)!.Stages);

        var again = Decide(_plan);

        Assert.Equal(StageJson.Write(grown.Stages[1]), StageJson.Write(again.Stages[1]));
        Assert.Equal(grown.Trials.Select(trial => trial.Key), _store.Studies.TrialsOf(_plan.Hash));
    }

    [Fact]
    public void A_plan_that_is_damaged_is_mended_by_its_file_with_what_was_decided_since()
    {
        var grown = Decide(_plan);
        Execute("update studies set plan = '{}'");

        _store.Studies.Save(_plan, "study: text");

        Assert.Equal(grown.Trials.Select(trial => trial.Key), _store.Studies.StagedPlanOf(_plan.Hash)!.Trials.Select(trial => trial.Key));
    }

    [Fact]
    public void A_plan_that_was_read_earlier_grows_by_what_was_decided_since()
    {
        Assert.Single(_store.Studies.Grown(_plan).Stages);

        var grown = Decide(_plan);
        var further = Decide(grown);

        Assert.Equal(StoredPlanJson.Write(further), StoredPlanJson.Write(_store.Studies.Grown(_plan)));
        Assert.Equal(StoredPlanJson.Write(further), StoredPlanJson.Write(_store.Studies.Grown(grown)));
    }

    [Fact]
    public void The_facts_of_the_tables_say_how_far_it_is()
    {
        Assert.Equal(0, _store.Decisions.Facts().Studies.Single().Stage!.Number);

        Decide(_plan);

        var study = _store.Decisions.Facts().Studies.Single();
        Assert.Equal((1, false), (study.Stage!.Number, study.Stage.IsLast));
        Assert.Equal(_store.Studies.TrialsOf(_plan.Hash), study.Trials);
    }

    private static StudyPlan Plan(int trials) => Planner.Plan(
        StudyFile.Parse(
            $"""
            study: staged
            seeds: 2
            factors:
              problem: p
              balancer: [static, [soft]]
              optimizer: adam
            budget: [steps, 10]
            """.Replace("[soft]", "{kind: soft, tau: {log: [0.1, 10]}}", StringComparison.Ordinal)
                .Replace("[steps, 10]", "{steps: 10, except: {balancer: soft, steps: 20}}", StringComparison.Ordinal) + $"\ntune: {{design: tpe, trials: {trials}}}\n",
            "staged.yaml",
            Methods),
        Methods);

    private StudyPlan Decide(StudyPlan plan) => _store.Studies.SaveStage(
        plan, StageMachine.Next(plan, key => new(key.Hex[0], key.Hex[1], 0.5, false, 1))!);

    private void Execute(string sql)
    {
        using var connection = _store.Connections.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
