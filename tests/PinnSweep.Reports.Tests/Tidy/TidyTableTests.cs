using System.Collections.Immutable;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Printed;
using PinnSweep.Reports.Tests.Model.Tuning;
using PinnSweep.Reports.Tidy;
using PinnSweep.Studies.Annotations;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;
using PinnSweep.Testing.Processes;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Tidy;

/// <summary>One row a trial, one column a variable.</summary>
public sealed class TidyTableTests
{
    private static readonly string[] Fixed = [.. TidyTable.Of(StudyReport.Build(Made.FourMethods().Build())).Columns.Select(column => column.Name).TakeWhile(name => name != "problem.kind")];

    [Fact]
    public void Every_trial_is_a_row_with_what_trials_csv_says_of_it()
    {
        var report = StudyReport.Build(Made.FourMethods().Quarantined((levels, seed) => levels.Balancer.Kind == "gradnorm" && seed == 3).Missing((levels, seed) => levels.Balancer.Kind == "static" && seed == 1).Build());
        var tidy = Read((report, text) => TidyFormat.Csv(TidyTable.Of(report), text), report);
        var trials = Read(CsvFormat.Trials, report);

        Assert.Equal(report.Trials.Length, tidy.Rows.Length);
        foreach (var name in (string[])["key", "problem", "balancer", "seed", "status", "error", "relative_l2", "max_error", "steps", "seconds", "ms_per_step", "parameters", "engine", "commit", "started"])
        {
            // A diverged trial has NaN there, which is no value of a tidy table.
            Assert.Equal(Column(trials, name).Select(text => text == "NaN" ? "" : text), Column(tidy, name));
        }

        Assert.All(tidy.Rows, row => Assert.Equal(("pinnsweep", "made-up"), (row[0], row[1])));
        Assert.Contains("given up", Column(tidy, "status"));
        Assert.Contains("missing", Column(tidy, "status"));
    }

    [Fact]
    public void Parameters_are_columns_with_the_type_of_their_values()
    {
        var optimizers = new (string, Level, string[])[]
        {
            ("adam", Level.Of("adam").With("lr", Number(1e-3)).With("amsgrad", new SpecValue.Flag(true)).With("decay", Map(("rate", Number(0.9)), ("every", Number(100)))).With("mode", new SpecValue.Text("auto")), []),
            ("sgd", Level.Of("sgd").With("lr", Number(0.5)).With("decay", SpecValue.None.Value).With("mode", Number(2)).With("widths", new SpecValue.List([Number(50), Number(50)])).With("file", new SpecValue.Text(new string('x', 201))), []),
        };

        var table = TidyTable.Of(StudyReport.Build(new StudyResultsBuilder().With(Factor.Optimizer, optimizers).Seeds(1).Build()));

        Assert.Equal(
            ["optimizer.kind", "optimizer.amsgrad", "optimizer.decay.every", "optimizer.decay.rate", "optimizer.file", "optimizer.lr", "optimizer.mode", "optimizer.widths"],
            table.Columns.Select(column => column.Name).Where(name => name.StartsWith("optimizer.", StringComparison.Ordinal)));
        Assert.Equal([true, null], Assert.IsType<TidyColumn.Flags>(Of(table, "optimizer.amsgrad")).Values);
        Assert.Equal([0.9, null], Assert.IsType<TidyColumn.Numbers>(Of(table, "optimizer.decay.rate")).Values);
        Assert.Equal([1e-3, 0.5], Assert.IsType<TidyColumn.Numbers>(Of(table, "optimizer.lr")).Values);
        Assert.Equal(["auto", "2"], Assert.IsType<TidyColumn.Words>(Of(table, "optimizer.mode")).Values);
        Assert.Equal([null, "[50,50]"], Assert.IsType<TidyColumn.Words>(Of(table, "optimizer.widths")).Values);
        Assert.Matches("^sha256:[0-9a-f]{16}$", Of(table, "optimizer.file").Text(1));
        Assert.Equal(["adam", "sgd"], Assert.IsType<TidyColumn.Words>(Of(table, "optimizer.kind")).Values);
    }

    [Fact]
    public void Further_measures_are_columns_and_attempts_and_faults_are_told()
    {
        var results = Made.FourMethods().Build();
        var trial = results.Plan.Trials[0].Key;
        var measured = results.Results[trial];
        results = results with
        {
            Results = results.Results.SetItem(trial, measured with
            {
                Curve = [.. measured.Curve[..^1], measured.Final with { Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("residual_l2", 0.5).Add("constraint/boundary", 0.25).Add("spectrum/low", double.NaN) }],
                ReferenceMeanSquare = 4,
            }),
            Attempts = ImmutableDictionary<TrialKey, TrialAttempts>.Empty.Add(trial, new(3, 2)),
        };

        var table = TidyTable.Of(StudyReport.Build(results));

        Assert.Equal(["constraint/boundary", "spectrum/low"], table.Columns.Select(column => column.Name).Except(Fixed).TakeWhile(name => name != "problem.kind"));
        Assert.Equal(("0.5", "0.25", "", "3", "2"), (Of(table, "residual_l2").Text(0), Of(table, "constraint/boundary").Text(0), Of(table, "spectrum/low").Text(0), Of(table, "attempts").Text(0), Of(table, "faults").Text(0)));
        Assert.Equal(("", "", "0"), (Of(table, "constraint/boundary").Text(1), Of(table, "attempts").Text(1), Of(table, "faults").Text(1)));
        Assert.Equal(4 * measured.Final.RelativeL2 * measured.Final.RelativeL2, Assert.IsType<TidyColumn.Numbers>(Of(table, "mse")).Values[0]!.Value, 12);
    }

    [Fact]
    public void Results_of_others_stand_below_and_say_so()
    {
        var report = StudyReport.Build(Made.FourMethods().Build()) with
        {
            Annotations = StudyAnnotations.None with { External = [new("Doe, 2024", "PINN-A", "helmholtz", 7, 0.25, 12, "table 3", default)] },
        };

        var tidy = Read((report, text) => TidyFormat.Csv(TidyTable.Of(report), text), report);

        var row = tidy.Headings.Zip(tidy.Rows[^1]).Where(cell => cell.Second.Length > 0).ToDictionary();
        Assert.Equal(report.Trials.Length + 1, tidy.Rows.Length);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["source"] = "Doe, 2024", ["study"] = "made-up", ["plan"] = report.Header.Hash, ["problem"] = "helmholtz", ["balancer"] = "PINN-A", ["seed"] = "7",
                ["status"] = "external", ["metric"] = "relative_l2", ["error"] = "0.25", ["seconds"] = "12", ["note"] = "table 3",
            },
            row);
    }

    [Fact]
    public void Trials_of_searches_say_where_they_stand()
    {
        var report = StudyReport.Build(StagedStudy.Of(StagedStudy.Tuned, StagedReportTests.Worked));
        var table = TidyTable.Of(report);
        var proposals = Read(report, "proposals");
        string At(string name, int row) => Of(table, name).Text(row);

        Assert.Equal(report.Whole!.Plan.Trials.Length, table.Rows);
        Assert.Equal(["generation", "evaluation"], Enumerable.Range(0, table.Rows).Select(row => At("stage_kind", row)).Distinct());
        var searched = Enumerable.Range(0, table.Rows).Where(row => At("role", row) == "search").ToArray();
        Assert.Equal(
            proposals.Rows.SelectMany(row => Cell(proposals, row, "keys").Split(' ').Select(key => (key, Cell(proposals, row, "search"), Cell(proposals, row, "proposal"), Cell(proposals, row, "optimizer.lr")))).Order(),
            searched.Select(row => (At("key", row), At("search", row), At("proposal", row), At("optimizer.lr", row))).Order());
        Assert.Equal(
            Column(Read(CsvFormat.Trials, report), "key").Order(),
            Enumerable.Range(0, table.Rows).Where(row => At("role", row).EndsWith("tuned", StringComparison.Ordinal)).Select(row => At("key", row)).Order());
        Assert.Equal(
            Column(Read(report, "trials-default"), "key").Order(),
            Enumerable.Range(0, table.Rows).Where(row => At("role", row).StartsWith("default", StringComparison.Ordinal)).Select(row => At("key", row)).Order());
    }

    [Fact]
    public void Trials_of_a_design_say_combination_and_point()
    {
        var report = DesignedStudy.Report(DesignedStudy.Grid, DesignedStudy.Worked);
        var table = TidyTable.Of(report);
        var points = Read(report, "points");

        Assert.Equal(
            points.Rows.SelectMany(row => Cell(points, row, "keys").Split(' ').Select(key => (key, "point", Cell(points, row, "combination"), Cell(points, row, "point")))).Order(),
            Enumerable.Range(0, table.Rows).Select(row => (Of(table, "key").Text(row), Of(table, "role").Text(row), Of(table, "search").Text(row), Of(table, "proposal").Text(row))).Order());
    }

    [Fact]
    public void Of_a_study_with_looks_the_stages_are_told_alone()
    {
        var table = TidyTable.Of(StudyReport.Build(StagedStudy.Of(StagedStudy.Replicated, trial => trial.Levels.Balancer.Kind == "static" ? 0.1 + (0.01 * (trial.Seed % 3)) : 0.1 + (0.013 * (trial.Seed % 2)))));

        Assert.Equal(["0", "1"], Enumerable.Range(0, table.Rows).Select(row => Of(table, "stage").Text(row)).Distinct().Take(2));
        Assert.All(Enumerable.Range(0, table.Rows), row => Assert.Equal(("look", ""), (Of(table, "stage_kind").Text(row), Of(table, "role").Text(row))));
    }

    [Fact]
    public void The_columns_that_are_always_there_are_those_of_the_document_in_its_order()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "reports.md")).Split("## A table for other programs")[1].Split("\n## ")[0];
        var told = page.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => line.Split('|')[1].Split(',').Select(name => name.Trim(' ', '`', '…')));

        Assert.Equal(Fixed, told.TakeWhile(name => !name.Contains('/', StringComparison.Ordinal)));
    }

    [Fact]
    public void A_label_that_a_spreadsheet_would_compute_is_text()
    {
        var results = new StudyResultsBuilder().With(Factor.Balancer, ("=1+1", Level.Of("static").With("mode", new SpecValue.Text("-x")), [])).Seeds(1).Build();

        var tidy = Read((report, text) => TidyFormat.Csv(TidyTable.Of(report), text), StudyReport.Build(results));

        Assert.Equal(("'=1+1", "'-x"), (Column(tidy, "balancer")[0], Column(tidy, "balancer.mode")[0]));
    }

    private static SpecValue.Number Number(double value) => new(value);

    private static SpecValue.Map Map(params (string Name, SpecValue Value)[] entries) => new(entries.ToImmutableSortedDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal));

    private static TidyColumn Of(TidyTable table, string name) => Assert.Single(table.Columns, column => column.Name == name);

    private static string[] Column(PrintedTable table, string name) => [.. table.Rows.Select(row => Cell(table, row, name))];

    private static string Cell(PrintedTable table, ImmutableArray<string> row, string name) => row[table.Headings.IndexOf(name)];

    private static PrintedTable Read(StudyReport report, string file) => Read(CsvFormat.FilesOf(report).Single(known => known.Name == file).Write, report);

    private static PrintedTable Read(Action<StudyReport, TextWriter> write, StudyReport report)
    {
        using var text = new StringWriter { NewLine = "\n" };
        write(report, text);
        return PrintedTables.Csv(text.ToString(), "table");
    }
}
