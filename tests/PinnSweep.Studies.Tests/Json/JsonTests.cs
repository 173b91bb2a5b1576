using System.Text.Json;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Studies.Tests.Json;

public sealed class JsonTests
{
    [Fact]
    public void Plan_holds_every_cell_with_labels_levels_and_keys()
    {
        var plan = Plan("balancer: [static, gradnorm, {kind: static, weights: {boundary: 2}}]", "steps: 100");

        using var json = JsonDocument.Parse(PlanJson.Write(plan));

        var root = json.RootElement;
        Assert.Equal(plan.Hash, root.GetProperty("hash").GetString());
        Assert.Equal(2, root.GetProperty("counts").GetProperty("cells").GetInt32());
        Assert.Equal(400, root.GetProperty("cost").GetProperty("totalSteps").GetInt64());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("cost").GetProperty("totalSeconds").ValueKind);
        Assert.Equal("static (boundary 2)", root.GetProperty("cells")[1].GetProperty("labels").GetProperty("balancer").GetString());
        Assert.Equal(2, root.GetProperty("cells")[1].GetProperty("levels").GetProperty("balancer").GetProperty("weights").GetProperty("boundary").GetDouble());
        Assert.Equal(
            plan.Trials.Select(trial => trial.Key.Hex),
            root.GetProperty("cells").EnumerateArray().SelectMany(cell => cell.GetProperty("trials").EnumerateArray()).Select(trial => trial.GetProperty("key").GetString()));
        Assert.Equal("gradnorm needs one boundary term", root.GetProperty("notApplicable")[0].GetProperty("reason").GetString());
        Assert.Equal("static", root.GetProperty("control").GetProperty("level").GetProperty("kind").GetString());
    }

    [Fact]
    public void Plan_of_a_budget_of_seconds_tells_time_and_no_steps()
    {
        using var json = JsonDocument.Parse(PlanJson.Write(Plan("balancer: static", "seconds: 2.5")));

        Assert.Equal(5, json.RootElement.GetProperty("cost").GetProperty("totalSeconds").GetDouble());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("cost").GetProperty("totalSteps").ValueKind);
    }

    [Fact]
    public void Catalog_holds_types_in_words_defaults_and_nested_members()
    {
        using var json = JsonDocument.Parse(CatalogJson.Write(SmallCatalog.Instance));

        Assert.Equal(["problems", "networks", "balancers", "samplers", "optimizers", "time"], json.RootElement.EnumerateObject().Select(list => list.Name));
        var adam = json.RootElement.GetProperty("optimizers")[0];
        Assert.Equal("a paper", adam.GetProperty("source").GetString());
        var decay = adam.GetProperty("parameters")[1];
        Assert.Equal("a map with rate, every, or null", decay.GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, decay.GetProperty("default").ValueKind);
        Assert.True(decay.GetProperty("members")[1].GetProperty("required").GetBoolean());
        Assert.False(decay.GetProperty("members")[1].TryGetProperty("default", out _));
    }

    [Fact]
    public void Catalog_of_one_factor_holds_that_factor_alone()
    {
        using var json = JsonDocument.Parse(CatalogJson.Write(SmallCatalog.Instance, [Factor.Balancer]));

        Assert.Equal("balancers", Assert.Single(json.RootElement.EnumerateObject()).Name);
    }

    private static StudyPlan Plan(string factor, string budget) => Planner.Plan(
        StudyFile.Parse(
            $"study: s\nseeds: 2\nfactors:\n  problem: plate\n  {factor}\nbudget: {{{budget}}}\ncontrol: {{balancer: static}}\n", "study.yaml", SmallCatalog.Instance),
        SmallCatalog.Instance);
}
