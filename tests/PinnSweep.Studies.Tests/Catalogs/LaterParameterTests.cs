using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Catalogs;

/// <summary>A parameter that came later than its kind: trials from before keep their keys, whatever its default is today.</summary>
public sealed class LaterParameterTests
{
    private static readonly Parameter<string> Ends = new(
        "ends",
        new ParameterType.Choice(["left-out", "included"]),
        new SpecValue.Text("included"),
        "where the grid begins",
        value => ((SpecValue.Text)value).Value)
    {
        Absent = new SpecValue.Text("left-out"),
    };

    private static readonly Catalog Before = new([.. SmallCatalog.Instance.Entries, SmallCatalog.Entry(Factor.Sampler, "grid")], _ => null);

    private static readonly Catalog Later = Before with
    {
        Entries =
        [
            .. SmallCatalog.Instance.Entries,
            SmallCatalog.Entry(
                Factor.Sampler,
                "grid",
                Ends),
        ],
    };

    [Fact]
    public void The_value_of_before_leaves_the_key_as_it_was_and_another_makes_another_key()
    {
        var before = Plan(Before, "grid");

        Assert.Equal(before.Trials[0].Key, Plan(Later, "{kind: grid, ends: left-out}").Trials[0].Key);
        Assert.NotEqual(before.Trials[0].Key, Plan(Later, "grid").Trials[0].Key);
        Assert.Equal(Plan(Later, "grid").Trials[0].Key, Plan(Later, "{kind: grid, ends: included}").Trials[0].Key);
    }

    [Fact]
    public void Labels_tell_the_value_of_before_though_the_level_leaves_it_out() => Assert.Equal(
        ["grid (left-out)", "grid (included)"],
        Plan(Later, "{kind: grid, ends: left-out}, grid").Cells.Select(cell => cell.Labels[Factor.Sampler]));

    [Fact]
    public void A_level_is_made_whole_for_people()
    {
        var level = Plan(Later, "{kind: grid, ends: left-out}").Cells[0].Levels.Sampler;

        Assert.Empty(level.Parameters.Entries);
        Assert.Equal("left-out", Later.Whole(Factor.Sampler, level).Parameters.Text("ends"));
        Assert.Equal("left-out", Ends.Of(level));
    }

    [Theory]
    [InlineData("{kind: grid, ends: left-out}", "included")]
    [InlineData("{ends: left-out}", "included")]
    [InlineData("{ends: included}", "left-out")]
    public void A_rule_that_names_either_value_leaves_out_just_that_level(string rule, string left)
    {
        var plan = Plan(Later, "{kind: grid, ends: left-out}, grid, uniform", $"exclude: [{{sampler: {rule}}}]");

        Assert.Equal([$"grid ({left})", "uniform"], plan.Cells.Select(cell => cell.Labels[Factor.Sampler]));
        Assert.Equal(plan.Spec.Exclude[0].ToString(), StoredPlanJson.Read(StoredPlanJson.Write(plan)).Spec.Exclude[0].ToString());
        Assert.Equal([true, false, false], StoredPlanJson.Read(StoredPlanJson.Write(plan)).Spec.Factors[Factor.Sampler]
            .Select(level => plan.Spec.Exclude[0].Conditions[Factor.Sampler].Matches(level)).OrderDescending());
    }

    [Fact]
    public void A_parameter_that_levels_leave_out_cannot_be_required() => Assert.Equal(
        ["sampler 'grid': parameter 'ends': a parameter that levels leave out cannot be required"],
        CatalogRules.Violations(new(
            [SmallCatalog.Entry(Factor.Sampler, "grid", new Parameter("ends", new ParameterType.Flag(), null, "") { Absent = new SpecValue.Flag(false) })], _ => null)));

    private static StudyPlan Plan(Catalog catalog, string samplers, string more = "") => Planner.Plan(
        StudyFile.Parse(
            $"""
            study: s
            factors:
              problem: [helmholtz]
              network: [mlp]
              balancer: [static]
              sampler: [{samplers}]
              optimizer: [adam]
            budget: {"{steps: 1}"}
            {more}
            """,
            "s.yaml",
            catalog),
        catalog);
}
