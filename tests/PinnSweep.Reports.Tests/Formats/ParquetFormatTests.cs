using Parquet;
using Parquet.Schema;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;

namespace PinnSweep.Reports.Tests.Formats;

/// <summary>The Parquet file as another program reads it.</summary>
public sealed class ParquetFormatTests
{
    [Fact]
    public async Task What_is_read_back_is_what_the_trials_are()
    {
        var report = StudyReport.Build(Made.FourMethods().Build());

        using var stream = new MemoryStream(Written.Parquet(report));
        await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        using var group = reader.OpenRowGroupReader(0);

        Assert.Equal(1, reader.RowGroupCount);
        Assert.Equal(report.Trials.Length, group.RowCount);
        Assert.Equal(report.Trials.Select(trial => trial.Key.Hex), await WordsAsync(reader, group, "key"));
        Assert.Equal(report.Trials.Select(trial => trial.Labels[PinnSweep.Studies.Catalogs.Factor.Balancer]), await WordsAsync(reader, group, "balancer"));
        Assert.Equal(report.Trials.Select(trial => trial.Error), await NumbersAsync(reader, group, "error"));
        Assert.Equal(report.Trials.Select(trial => (double?)trial.Result?.Seconds), await NumbersAsync(reader, group, "seconds"));
        Assert.Contains(null, await NumbersAsync(reader, group, "error"));
    }

    [Fact]
    public async Task Its_columns_are_those_of_the_csv()
    {
        var report = StudyReport.Build(Made.FourMethods().Build());
        using var csv = new StringWriter();
        CsvFormat.Trials(report, csv);

        using var stream = new MemoryStream(Written.Parquet(report));
        await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(csv.ToString().Split('\n')[0].Split(','), reader.Schema.GetDataFields().Select(field => field.Name));
    }

    private static DataField Field(ParquetReader reader, string name) => reader.Schema.GetDataFields().Single(field => field.Name == name);

    private static async Task<string?[]> WordsAsync(ParquetReader reader, ParquetRowGroupReader group, string name)
    {
        var words = new string?[group.RowCount];
        await group.ReadAsync(Field(reader, name), words.AsMemory()!, cancellationToken: TestContext.Current.CancellationToken);
        return words;
    }

    private static async Task<double?[]> NumbersAsync(ParquetReader reader, ParquetRowGroupReader group, string name)
    {
        var numbers = new double?[group.RowCount];
        await group.ReadAsync<double>(Field(reader, name), numbers.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        return numbers;
    }
}
