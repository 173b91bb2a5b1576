using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Files;

/// <summary>Labels that a study file gives to levels: what they are called everywhere, and what they are no part of.</summary>
public sealed class LabelTests
{
    private const string Labelled = """
        study: s
        seeds: 2
        factors:
          problem: [helmholtz, plate]
          network: [{kind: mlp, hidden: [100, 100], label: big}, mlp, {kind: mlp, hidden: [7], activation: sin}]
        budget: {steps: 3}
        """;

    [Fact]
    public void A_label_takes_the_place_of_the_one_that_would_be_made() =>
        Assert.Equal(["big", "mlp (tanh)", "mlp (sin, hidden 7)"], Labels(Labelled, Factor.Network));

    [Fact]
    public void A_label_is_part_of_no_key_and_of_no_hash()
    {
        var (with, without) = (Plan(Labelled), Plan(Labelled.Replace(", label: big", "", StringComparison.Ordinal)));

        Assert.Equal(without.Hash, with.Hash);
        Assert.Equal(without.Trials.Select(trial => trial.Key), with.Trials.Select(trial => trial.Key));
        Assert.DoesNotContain("big", with.Trials[0].Description.Canonical(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_outlives_the_store()
    {
        var plan = Plan(Labelled);

        var back = StoredPlanJson.Read(StoredPlanJson.Write(plan));

        Assert.Equivalent(plan, back, strict: true);
        Assert.Equal("big", back.Cells[0].Labels[Factor.Network]);
        Assert.Equal("big", back.Spec.NoteOf(Factor.Network, back.Spec.Factors[Factor.Network][0])!.Label);
        Assert.Equal(["hidden"], back.Spec.NoteOf(Factor.Network, back.Spec.Factors[Factor.Network][0])!.NotDefault);
    }

    [Fact]
    public void A_plan_that_was_stored_before_there_were_notes_has_none()
    {
        var stored = StoredPlanJson.Write(Plan(Labelled) with { Spec = Spec(Labelled) with { Notes = System.Collections.Immutable.ImmutableSortedDictionary<Factor, System.Collections.Immutable.ImmutableArray<LevelNote>>.Empty } });

        var back = StoredPlanJson.Read(stored);

        Assert.DoesNotContain("level_notes", stored, StringComparison.Ordinal);
        Assert.Null(back.Spec.NoteOf(Factor.Network, back.Spec.Factors[Factor.Network][0]));
        Assert.Equal("big", back.Cells[0].Labels[Factor.Network]);
    }

    [Theory]
    [InlineData("control: big")]
    [InlineData("control: {label: big}")]
    [InlineData("control: {network: big}")]
    [InlineData("control: {network: {label: big}}")]
    [InlineData("control: {kind: mlp, hidden: [100, 100], label: big}")]
    [InlineData("control: {network: {kind: mlp, hidden: [100, 100]}}")]
    public void A_control_may_be_named_by_its_label(string control)
    {
        var spec = Spec($"{Labelled}\n{control}\n");

        Assert.Equal(new StudyControl(Factor.Network, spec.Factors[Factor.Network][0]), spec.Control);
    }

    [Theory]
    [InlineData("{network: big, problem: plate}")]
    [InlineData("{network: {label: big}, problem: plate}")]
    public void What_is_left_out_may_be_named_by_its_label(string rule)
    {
        var plan = Plan($"{Labelled}\nexclude: [{rule}]\n");

        var left = Assert.Single(StoredPlanJson.Read(StoredPlanJson.Write(plan)).NotApplicable);
        Assert.Equal(("big", "excluded: problem plate, network big"), (left.Labels[Factor.Network], left.Reason));
        Assert.Equal("big", StoredPlanJson.Read(StoredPlanJson.Write(plan)).Spec.Exclude[0].Conditions[Factor.Network].Label);
    }

    [Fact]
    public void A_label_that_was_made_names_a_level_too() =>
        Assert.Equal("mlp (sin, hidden 7)", Assert.Single(Plan($"{Labelled}\nexclude: [{{network: 'mlp (sin, hidden 7)', problem: plate}}]\n").NotApplicable).Labels[Factor.Network]);

    [Fact]
    public void A_published_number_may_be_given_to_a_label()
    {
        var spec = Spec($"{Labelled}\npublished: {{source: S, rows: [{{problem: plate, network: big, value: 1e-3}}]}}\n");

        Assert.Equal(1, Planner.Plan(spec, SmallCatalog.Instance).Cells.Count(cell => spec.Published[0].Rows[0].Matches(cell.Levels)));
    }

    [Fact]
    public void A_value_is_set_on_the_level_with_the_label()
    {
        var spec = StudyFile.Parse(Labelled, "study.yaml", SmallCatalog.Instance, [("factors.network.big.hidden", "[9, 9]"), ("factors.network.1.label", "small")]);

        Assert.Equal(["big", "small", "mlp (sin, hidden 7)"], Labels(spec, Factor.Network));
        Assert.Equal([9, 9], spec.Factors[Factor.Network][0].Parameters.Integers("hidden"));
    }

    [Fact]
    public void A_precision_may_have_a_label() =>
        Assert.Equal(["single", "float64"], Labels("study: s\nfactors:\n  problem: helmholtz\n  precision: [{kind: float32, label: single}, float64]\nbudget: {steps: 1}\n", Factor.Precision));

    [Theory]
    [InlineData("label: ''", "study.yaml:5: factors.network.label: '' is empty")]
    [InlineData("label: null", "study.yaml:5: factors.network.label: expected text; found 'null'")]
    [InlineData("label: [a]", "study.yaml:5: factors.network.label: expected text; found a list")]
    [InlineData("label: '  '", "study.yaml:5: factors.network.label: '  ' holds only blanks")]
    [InlineData("label: ' a'", "study.yaml:5: factors.network.label: ' a' begins or ends with a blank")]
    [InlineData("label: \"a\\u202Eb\"", "study.yaml:5: factors.network.label: 'a·b' holds a character that cannot be seen")]
    [InlineData("label: \"a\\nb\"", "study.yaml:5: factors.network.label: 'a·b' holds a character that cannot be seen")]
    [InlineData("label: \"a\\tb\"", "study.yaml:5: factors.network.label: 'a·b' holds a character that cannot be seen")]
    [InlineData("label: \"e\\u0301\"", "study.yaml:5: factors.network.label: 'e\u0301' holds a mark that is set over another letter; write the letter in one piece")]
    [InlineData("label: 1234567890123456789012345678901234567890123456789012345678901", "study.yaml:5: factors.network.label: '123456789012345678901234567890123456789012345678901234567890…' has 61 characters; a label has at most 60")]
    [InlineData("label: mlp", "study.yaml:5: factors.network.label: 'mlp' names two levels: the one at study.yaml:5 is of the kind 'mlp'")]
    [InlineData("label: MLP", "study.yaml:5: factors.network.label: 'MLP' names two levels: the one at study.yaml:5 is of the kind 'mlp', which looks the same")]
    [InlineData("label: 'mlp (sin, hidden 7)'", "study.yaml:5: factors.network.label: 'mlp (sin, hidden 7)' names two levels: the one at study.yaml:5 is also called 'mlp (sin, hidden 7)'")]
    [InlineData("label: big}, {kind: mlp, hidden: [1], label: bіg", "study.yaml:5: factors.network.label: 'big' names two levels: the one at study.yaml:5 has the label 'bіg', which looks the same")]
    public void A_label_that_does_not_do_is_a_mistake(string label, string expected)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Spec(Labelled.Replace("label: big", label, StringComparison.Ordinal)));

        Assert.Equal(expected, mistake.Message.Split('\n')[0]);
    }

    [Theory]
    [InlineData("control: bigg", "control: 'bigg' is not a level of this study; nearest 'big'")]
    [InlineData("control: {label: bigg}", "control: 'bigg' is not a level of this study; nearest 'big'")]
    [InlineData("control: {kind: mlp, label: big}", "control: the level at study.yaml:5 is not called 'big'; name it by label or by kind and parameters")]
    [InlineData("exclude: [{network: bigg}]", "exclude.network: 'bigg' is not a network of this study; nearest 'big'; allowed: mlp, big")]
    [InlineData("exclude: [{network: {label: bigg}}]", "exclude.network: no network of this study has the label 'bigg'; nearest 'big'; allowed: big, mlp (tanh), mlp (sin, hidden 7)")]
    [InlineData("exclude: [{network: {label: big, hidden: [1]}}]", "exclude.network: a label names the whole level; leave 'hidden' out")]
    public void A_label_that_no_level_has_is_a_mistake(string line, string expected) =>
        Assert.StartsWith($"study.yaml:7: {expected}", Assert.Throws<UserMistakeException>(() => Spec($"{Labelled}\n{line}\n")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{kind: file, path: a, label: thick}", "thick", "nu")]
    [InlineData("{kind: file, path: a, nu: 2, label: thick}", "thick", "nu*")]
    [InlineData("{kind: file, path: a, nu: 1}", "rod", "nu")]
    [InlineData("{kind: file, path: b, label: 5}", "rod", "label*, nu")]
    [InlineData("{kind: file, path: b}", "rod", "label, nu")]
    public void A_problem_of_a_file_may_have_a_label_unless_it_is_a_constant_of_the_file(string level, string label, string constants)
    {
        // File a has the constant nu; b also one that is called label. Both are 1 where the study says nothing.
        var file = SmallCatalog.Entry(Factor.Problem, "file") with
        {
            FromFile = (given, _, _, _, _) => new("rod", new(SpecValue.Map.Empty.Entries.AddRange(
                new[] { "nu", "label" }.Where(name => name == "nu" || ((SourceNode.Scalar)given.Find("path")!.Value).Text == "b")
                    .Select(name => KeyValuePair.Create(name, given.Find(name) is { Value: SourceNode.Scalar scalar } ? scalar.Value : new SpecValue.Number(1)))))),
        };
        var catalog = SmallCatalog.Instance with { Entries = SmallCatalog.Instance.Entries.Add(file) };
        var spec = StudyFile.Parse($"study: s\nfactors:\n  problem: {level}\nbudget: {{steps: 1}}\n", "study.yaml", catalog);
        var read = spec.Factors[Factor.Problem].Single();

        Assert.Equal(label, Planner.Plan(spec, catalog).Cells[0].Labels[Factor.Problem]);
        Assert.Equal(constants, string.Join(", ", read.Parameters.Entries.Keys.Select(name => spec.NoteOf(Factor.Problem, read)!.NotDefault.Contains(name) ? $"{name}*" : name)));
    }

    private static IEnumerable<string> Labels(string study, Factor factor) => Labels(Spec(study), factor);

    private static IEnumerable<string> Labels(StudySpec spec, Factor factor) => Planner.Plan(spec, SmallCatalog.Instance).Cells.Select(cell => cell.Labels[factor]).Distinct();

    private static StudyPlan Plan(string study) => Planner.Plan(Spec(study), SmallCatalog.Instance);

    private static StudySpec Spec(string study) => StudyFile.Parse(study, "study.yaml", SmallCatalog.Instance);
}
