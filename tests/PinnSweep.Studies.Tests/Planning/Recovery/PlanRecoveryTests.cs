using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Recovery;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Planning.Recovery;

/// <summary>
/// A study that was planned with <see cref="SmallCatalog"/> and stored without its plan; the program has another catalog since.
/// </summary>
public sealed class PlanRecoveryTests
{
    private const string Text = """
        study: earlier
        description: What an earlier version stored.
        metric: max_error
        seeds: [3, 1]
        factors:
          problem: [plate, helmholtz, {kind: helmholtz, a1: 2}]
          network: [{kind: mlp, hidden: [20]}, mlp]
          balancer: [gradnorm, static, relobralo, {kind: relobralo, temperature: 2}, {kind: relobralo, temperature: 2, lookback: 0.5}]
          optimizer: [{kind: adam, decay: {every: 100}}]
        exclude:
          - {balancer: {kind: relobralo, lookback: 0.5}, problem: plate}
        budget: {steps: 300}
        control: static
        published:
          {source: a table, rows: [{problem: plate, network: {hidden: [20]}, balancer: static, value: 0.5}]}
        """;

    private static readonly ImmutableArray<(string Key, string Value)> Overrides = [("factors.optimizer.lr", "0.01"), ("evaluate_every", "30")];

    private static readonly StudyPlan Plan = WithoutNotes(Planner.Plan(StudyFile.Parse(Text, "study.yaml", SmallCatalog.Instance, Overrides), SmallCatalog.Instance));

    /// <summary>What a later version did to the catalog.</summary>
    public static TheoryData<string> Changes => [.. ChangeByName.Keys];

    private static Dictionary<string, Catalog> ChangeByName { get; } = new()
    {
        ["nothing"] = SmallCatalog.Instance,
        ["another default, of a parameter that some levels set"] = With("relobralo", entry => Default(entry, "temperature", 7)),
        ["another default, of a parameter that one level sets"] = With("relobralo", entry => Default(entry, "lookback", 0.5)),
        ["another default of a whole method"] = With("mlp", entry => Default(entry, "hidden", new SpecValue.List([new SpecValue.Number(20)]))),
        ["another default inside a group"] = With("adam", entry => entry with { Parameters = [entry.Parameters[0], entry.Parameters[1] with { Type = Decay(0.5) }] }),
        ["a new parameter"] = With("relobralo", entry => entry with { Parameters = [.. entry.Parameters, New("epsilon", new SpecValue.Number(1e-12))] }),
        ["a new parameter that must be given"] = With("static", entry => entry with { Parameters = [.. entry.Parameters, New("scale", null)] }),
        ["a new parameter inside a group"] = With("adam", entry => entry with { Parameters = [entry.Parameters[0], entry.Parameters[1] with { Type = Decay(0.9, New("staircase", new SpecValue.Flag(false))) }] }),
        ["a parameter that is gone"] = With("gradnorm", entry => entry with { Parameters = [] }),
        ["a parameter with another name, that the file sets"] = With("relobralo", entry => entry with { Parameters = [entry.Parameters[0] with { Name = "softness" }, entry.Parameters[1]] }),
        ["a parameter with other bounds"] = With("relobralo", entry => entry with { Parameters = [entry.Parameters[0], entry.Parameters[1] with { Type = new ParameterType.Number(0.9, 1) }] }),
        ["a combination that is refused now"] = SmallCatalog.Instance with { WhyNotApplicable = cell => cell.Balancer.Kind == "relobralo" ? "not any more" : SmallCatalog.Instance.WhyNotApplicable(cell) },
        ["a metric that is refused now"] = SmallCatalog.Instance with { WhyNoMetric = (_, _) => "not any more" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void The_plan_comes_back_whatever_became_of_the_catalog(string change)
    {
        var again = PlanRecovery.Of(Stored(), ChangeByName[change]);

        Assert.Equal(Plan.Trials, again.Trials);
        Assert.Equal(StoredPlanJson.Write(Plan), StoredPlanJson.Write(again));
    }

    [Fact]
    public void A_kind_that_is_gone_keeps_its_cells_and_only_the_reasons_of_its_left_out_cells_are_unknown()
    {
        var without = SmallCatalog.Instance with { Entries = [.. SmallCatalog.Instance.Entries.Where(entry => entry.Kind is not ("gradnorm" or "relobralo"))], WhyNotApplicable = _ => null };

        var again = PlanRecovery.Of(Stored(), without);

        Assert.Equal(Plan.Trials, again.Trials);
        Assert.Equal(Plan.Cells.Select(cell => string.Join('/', cell.Labels.Values)), again.Cells.Select(cell => string.Join('/', cell.Labels.Values)));
        Assert.Equal(
            ["not trained when the study was planned; the reason was not stored", "excluded: problem plate, balancer relobralo {\"lookback\":0.5}"],
            again.NotApplicable.Select(cell => cell.Reason).Distinct());
        Assert.Equal(Plan.Spec.Published.Single().Rows.Select(row => row.Value), again.Spec.Published.Single().Rows.Select(row => row.Value));
    }

    [Theory]
    [InlineData("study: [")]
    [InlineData("study: text")]
    [InlineData("")]
    [InlineData("# --set broken\nstudy: earlier")]
    public void Without_a_file_that_can_be_read_the_trials_speak_and_the_hash_gives_metric_and_control(string text)
    {
        var again = PlanRecovery.Of(Stored() with { PackedText = text }, SmallCatalog.Instance);

        Assert.Equal(("max_error", Plan.Spec.Control), (again.Spec.Metric, again.Spec.Control));
        Assert.Equal(Plan.Trials, again.Trials);
        Assert.Equal(Plan.Cells.Select(cell => cell.Levels), again.Cells.Select(cell => cell.Levels));
        Assert.Equal(Plan.Cells.Select(cell => cell.Labels[Factor.Balancer]), again.Cells.Select(cell => cell.Labels[Factor.Balancer]));
        Assert.Equal(Plan.Spec.Seeds, again.Spec.Seeds);
        Assert.Contains(again.Notices, notice => notice.Contains("cannot be read as it was", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_plans_other_trials_than_are_stored_is_not_believed()
    {
        var again = PlanRecovery.Of(Stored() with { PackedText = Text.Replace("problem: [plate, helmholtz,", "problem: [helmholtz, plate,", StringComparison.Ordinal) }, SmallCatalog.Instance);

        Assert.Equal(Plan.Trials, again.Trials);
        Assert.Contains(again.Notices, notice => notice.Contains("other trials", StringComparison.Ordinal));
    }

    [Fact]
    public void Descriptions_of_the_format_before_are_read()
    {
        var stored = Stored();
        var before = stored with
        {
            Trials = [.. stored.Trials.Select(trial => (trial.Key, trial.Description.Replace("\"format\":2", "\"format\":1", StringComparison.Ordinal).Replace(",\"time\":{\"kind\":\"none\"}", "", StringComparison.Ordinal)))],
        };
        Assert.DoesNotContain("time", before.Trials[0].Description, StringComparison.Ordinal);

        Assert.Equal(StoredPlanJson.Write(Plan), StoredPlanJson.Write(PlanRecovery.Of(before, SmallCatalog.Instance)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"format\":2}")]
    public void A_description_that_cannot_be_read_is_told_with_its_trial(string description)
    {
        var stored = Stored();

        var mistake = Assert.Throws<UserMistakeException>(() => PlanRecovery.Of(stored with { Trials = stored.Trials.SetItem(2, (stored.Trials[2].Key, description)) }, SmallCatalog.Instance));

        Assert.Contains(stored.Trials[2].Key.Short, mistake.Message, StringComparison.Ordinal);
    }

    // Which values were defaults then, no plan tells that is made again.
    private static StudyPlan WithoutNotes(StudyPlan plan) => plan with { Spec = plan.Spec with { Notes = ImmutableSortedDictionary<Factor, ImmutableArray<LevelNote>>.Empty } };

    private static PlanlessStudy Stored() => new(
        Plan.Hash, "earlier", new StudyOrigin("study.yaml", Text, Overrides, []).Packed, [.. Plan.Trials.Select(trial => (trial.Key, trial.Description.Canonical()))]);

    private static Catalog With(string kind, Func<MethodEntry, MethodEntry> change) =>
        SmallCatalog.Instance with { Entries = [.. SmallCatalog.Instance.Entries.Select(entry => entry.Kind == kind ? change(entry) : entry)] };

    private static MethodEntry Default(MethodEntry entry, string name, double value) => Default(entry, name, new SpecValue.Number(value));

    private static MethodEntry Default(MethodEntry entry, string name, SpecValue value) =>
        entry with { Parameters = [.. entry.Parameters.Select(parameter => parameter.Name == name ? parameter with { Default = value } : parameter)] };

    private static Parameter New(string name, SpecValue? standard) => new(name, standard is SpecValue.Flag ? new ParameterType.Flag() : new ParameterType.Number(), standard, "new");

    private static ParameterType.Optional Decay(double rate, params Parameter[] more) => new(new ParameterType.Group(
        [new("rate", new ParameterType.Number(), new SpecValue.Number(rate), ""), new("every", new ParameterType.Integer(1), null, ""), .. more]));
}
