using Parquet;
using Parquet.Schema;
using PinnSweep.Planning;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Planning;

public sealed class ParquetTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_table_is_read_with_every_digit_whatever_its_numbers_are()
    {
        DataField[] fields = [new DataField<double>("x"), new DataField<float>("u,v"), new DataField<double?>("w"), new DataField<long>("n")];
        await WriteAsync(fields, async group =>
        {
            await group.WriteAsync<double>(fields[0], (ReadOnlyMemory<double>)new[] { 0.1, 1e-300 });
            await group.WriteAsync<float>(fields[1], (ReadOnlyMemory<float>)new[] { 0.5f, 0.1f });
            await group.WriteAsync<double>(fields[2], (ReadOnlyMemory<double?>)new double?[] { null, 2 });
            await group.WriteAsync<long>(fields[3], (ReadOnlyMemory<long>)new[] { 1L, -3L });
        });

        var text = StudyTexts.Beside(_folder["study.yaml"]).Of("t.parquet");

        Assert.Equal("x,\"u,v\",w,n\n0.1,0.5,,1\n1E-300,0.10000000149011612,2,-3\n", text);
    }

    [Fact]
    public async Task Measured_values_may_stand_in_one()
    {
        DataField[] fields = [new DataField<double>("x"), new DataField<double>("u")];
        await WriteAsync(fields, async group =>
        {
            await group.WriteAsync<double>(fields[0], (ReadOnlyMemory<double>)new[] { 0.25, 0.5 });
            await group.WriteAsync<double>(fields[1], (ReadOnlyMemory<double>)new[] { -0.09, -0.125 });
        });
        var file = _folder.Write("my.yaml", """
            problem: bent
            coordinates: {x: [0, 1]}
            equations: {residual: u_xx = 1}
            conditions: {ends: {on: x, expression: u}}
            data: {file: t.parquet}
            """);

        Assert.Contains("\"values\":[0.25,-0.09,0.5,-0.125]", TrialWords.OfFile(file).ToMap().Canonical().Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_number_or_no_table_is_named()
    {
        DataField[] fields = [new DataField<string>("name")];
        await WriteAsync(fields, async group => await group.WriteAsync(fields[0], (string?[])["a"]));
        _folder.Write("no.parquet", "x,u\n0,1\n");

        Assert.Contains("t.parquet: column 'name' holds no numbers", Of("t.parquet"), StringComparison.Ordinal);
        Assert.Contains("no.parquet: is no Parquet file that can be read", Of("no.parquet"), StringComparison.Ordinal);

        string Of(string path) => Assert.Throws<UserMistakeException>(() => StudyTexts.Beside(_folder["study.yaml"]).Of(path)).Message;
    }

    private async Task WriteAsync(DataField[] fields, Func<ParquetRowGroupWriter, Task> fill)
    {
        await using var stream = File.Create(_folder["t.parquet"]);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        using var group = writer.CreateRowGroup();
        await fill(group);
    }
}
