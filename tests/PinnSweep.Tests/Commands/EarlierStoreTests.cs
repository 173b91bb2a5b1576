using PinnSweep.Api;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Processes;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Storage;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Json;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Values;

namespace PinnSweep.Tests.Commands;

/// <summary>A store of an earlier version under this program, and under programs whose catalog says something else.</summary>
public sealed class EarlierStoreTests : IDisposable
{
    private readonly EarlierStore _earlier = new();

    /// <summary>What a later version did to the catalog.</summary>
    public static TheoryData<string> Changes => [.. Catalogs.Keys];

    private static Dictionary<string, Catalog> Catalogs { get; } = new()
    {
        ["as it is"] = PinnCatalog.Instance,
        ["another default"] = With(Factor.Balancer, "relobralo", parameter => parameter.Name == "expected_rho" ? parameter with { Default = new SpecValue.Number(0.99) } : parameter),
        ["the default that one level set"] = With(Factor.Balancer, "relobralo", parameter => parameter.Name == "temperature" ? parameter with { Default = new SpecValue.Number(1) } : parameter),
        ["a new parameter"] = Extended(Factor.Balancer, "relobralo", new("patience", new ParameterType.Integer(1), new SpecValue.Number(10), "steps")),
        ["a new parameter of the network and other steps of the optimizer"] =
            Extended(Factor.Network, "mlp", new("dropout", new ParameterType.Number(0, 1), new SpecValue.Number(0), "share"), With(Factor.Optimizer, "adam", parameter => parameter.Name == "beta2" ? parameter with { Default = new SpecValue.Number(0.99) } : parameter)),
        ["a parameter with another name"] = With(Factor.Balancer, "relobralo", parameter => parameter.Name == "temperature" ? parameter with { Name = "softness" } : parameter),
        ["a balancer less"] = PinnCatalog.Instance with { Entries = [.. PinnCatalog.Instance.Entries.Where(entry => entry.Kind != "relobralo")] },
    };

    public void Dispose() => _earlier.Dispose();

    [Fact]
    public async Task It_is_reported_complete_and_not_changed_by_that()
    {
        var before = await File.ReadAllBytesAsync(_earlier.Place);

        var report = await Captured.RunAsync("report", "earlier", "--store", _earlier.Place, "--format", "csv", "--out", _earlier["out"]);

        Assert.True(report.ExitCode == ExitCode.Done, report.Error);
        Assert.Equal(4, (await File.ReadAllLinesAsync(Path.Combine(_earlier["out"], "trials.csv"))).Count(line => line.Contains(",stalled,", StringComparison.Ordinal)));
        Assert.Equal(before, await File.ReadAllBytesAsync(_earlier.Place));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Its_plan_and_every_byte_of_its_report_are_those_it_was_run_with(string change)
    {
        using var store = Store.OpenForReading(_earlier.Place);

        var plan = store.Studies.PlanOf(store.Studies.Find("earlier")!, Catalogs[change]);

        Assert.Equal(EarlierStore.PlanText, StoredPlanJson.Write(plan));
        Assert.Equal(Report(store, EarlierStore.Plan, "expected"), Report(store, plan, "found"));
    }

    [Fact]
    public void A_new_parameter_of_a_method_that_was_left_out_everywhere_shows_nowhere_in_the_report()
    {
        // No trial tells what the level had.
        var catalog = Extended(Factor.Balancer, "self-adaptive", new("patience", new ParameterType.Integer(1), new SpecValue.Number(10), "steps"));
        using var store = Store.OpenForReading(_earlier.Place);

        var plan = store.Studies.PlanOf(store.Studies.Find("earlier")!, catalog);

        Assert.Equal(Report(store, EarlierStore.Plan, "expected"), Report(store, plan, "found"));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Once_a_writer_has_opened_it_no_catalog_is_asked_again(string change)
    {
        using (var writer = Store.Open(_earlier.Place, catalog: Catalogs[change]))
        {
            Assert.Equal(0, writer.Studies.RecoverPlans(Catalogs[change]));
        }

        using var store = Store.OpenForReading(_earlier.Place);
        var plan = store.Studies.PlanOf(store.Studies.Find("earlier")!, new([], _ => throw new InvalidOperationException("a stored study asks no catalog")));

        Assert.Equal(EarlierStore.PlanText, StoredPlanJson.Write(plan));
    }

    [Fact]
    public async Task The_interface_of_a_node_tells_the_stored_plan()
    {
        using var store = Store.Open(_earlier.Place);
        var foreign = EarlierStore.Plan with { Hash = "f00d", Trials = [.. EarlierStore.Plan.Trials.Select((trial, i) => trial with { Key = new($"{i}") })] };
        store.Studies.Save(foreign, "no study that this program could plan");
        await using var index = new StudyIndex(store, new SubmissionPlanner(TimeSpan.FromMinutes(1), TimeProvider.System));

        var plan = await index.PlanAsync(await index.FindAsync("f00d", CancellationToken.None), CancellationToken.None);
        var earlier = await index.PlanAsync(await index.FindAsync(EarlierStore.Hash[..6], CancellationToken.None), CancellationToken.None);

        Assert.Equal(StoredPlanJson.Write(foreign), StoredPlanJson.Write(plan));
        Assert.Equal(EarlierStore.PlanText, StoredPlanJson.Write(earlier));
    }

    private string Report(Store store, StudyPlan plan, string name)
    {
        var folder = _earlier[name];
        var files = ReportWriter.Write(StudyReport.Build(store.Studies.LoadResults(plan)), folder, [ReportFormat.Markdown, ReportFormat.Csv, ReportFormat.Json]);
        Assert.NotEmpty(files);
        return string.Join('\n', files.Select(file => $"{Path.GetRelativePath(folder, file)} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}").Order(StringComparer.Ordinal));
    }

    private static Catalog With(Factor factor, string kind, Func<Parameter, Parameter> change) =>
        Changed(PinnCatalog.Instance, factor, kind, entry => entry with { Parameters = [.. entry.Parameters.Select(change)] });

    private static Catalog Extended(Factor factor, string kind, Parameter parameter, Catalog? from = null) =>
        Changed(from ?? PinnCatalog.Instance, factor, kind, entry => entry with { Parameters = [.. entry.Parameters, parameter] });

    private static Catalog Changed(Catalog catalog, Factor factor, string kind, Func<MethodEntry, MethodEntry> change)
    {
        Assert.NotNull(catalog.Find(factor, kind));
        return catalog with { Entries = [.. catalog.Entries.Select(entry => entry.Factor == factor && entry.Kind == kind ? change(entry) : entry)] };
    }
}
