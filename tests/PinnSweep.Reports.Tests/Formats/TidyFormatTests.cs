using System.Diagnostics;
using Parquet;
using Parquet.Schema;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Printed;
using PinnSweep.Reports.Tidy;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Formats;

/// <summary>The tidy table as other programs read it.</summary>
public sealed class TidyFormatTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Parquet_has_the_columns_of_the_csv_with_types_and_nulls()
    {
        var report = StudyReport.Build(Made.FourMethods().With(Factor.Network, ("mlp", Level.Of("mlp").With("hard", new SpecValue.Flag(true)).With("span", new SpecValue.Number(0.5)), [])).Build());
        var table = TidyTable.Of(report);
        using var csv = new StringWriter { NewLine = "\n" };
        TidyFormat.Csv(TidyTable.Of(report), csv);

        using var stream = new MemoryStream(Written.Tidy(report));
        await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        using var group = reader.OpenRowGroupReader(0);

        Assert.Equal(PrintedTables.Csv(csv.ToString(), "tidy").Headings, reader.Schema.GetDataFields().Select(field => field.Name));
        Assert.Equal((typeof(ReadOnlyMemory<char>), typeof(long), typeof(double), typeof(bool)), (TypeOf("balancer"), TypeOf("seed"), TypeOf("error"), TypeOf("network.hard")));
        Assert.Equal(report.Trials.Select(trial => trial.Error), await NumbersAsync("error"));
        Assert.Contains(null, await NumbersAsync("error"));
        Assert.Equal(report.Trials.Select(trial => (long?)trial.Seed), await IntegersAsync("seed"));
        Assert.All(await IntegersAsync("stage"), value => Assert.Null(value));
        Assert.All(await FlagsAsync("network.hard"), value => Assert.True(value));
        Assert.Equal(table.Rows, group.RowCount);

        DataField Field(string name) => reader.Schema.GetDataFields().Single(field => field.Name == name);
        Type TypeOf(string name) => Field(name).ClrType;
        async Task<double?[]> NumbersAsync(string name)
        {
            var values = new double?[group.RowCount];
            await group.ReadAsync<double>(Field(name), values.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            return values;
        }

        async Task<long?[]> IntegersAsync(string name)
        {
            var values = new long?[group.RowCount];
            await group.ReadAsync<long>(Field(name), values.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            return values;
        }

        async Task<bool?[]> FlagsAsync(string name)
        {
            var values = new bool?[group.RowCount];
            await group.ReadAsync<bool>(Field(name), values.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            return values;
        }
    }

    [Fact]
    public void Twenty_thousand_trials_are_twenty_thousand_rows()
    {
        var report = StudyReport.Build(new StudyResultsBuilder()
            .With(Factor.Problem, [.. Enumerable.Range(1, 20).Select(i => $"problem{i}")])
            .With(Factor.Optimizer, [.. Enumerable.Range(1, 100).Select(i => ($"adam {i}", Level.Of("adam").With("lr", new SpecValue.Number(i)), Array.Empty<string>()))])
            .Seeds([.. Enumerable.Range(1, 10).Select(i => (long)i)]).Points(2).Build());
        using var text = new StringWriter { NewLine = "\n" };
        var watch = Stopwatch.StartNew();

        TidyFormat.Csv(TidyTable.Of(report), text);
        var csv = watch.Elapsed;
        var parquet = Written.Tidy(report);

        output.WriteLine(FormattableString.Invariant($"csv {csv.TotalSeconds:F1} s, {text.ToString().Length >> 20} MB; parquet {(watch.Elapsed - csv).TotalSeconds:F1} s, {parquet.Length >> 20} MB"));
        Assert.Equal(20_001, text.ToString().AsSpan().Count('\n'));
    }
}
