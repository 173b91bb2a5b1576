using PinnSweep.Testing.Postgres;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary>The real executable on a PostgreSQL store.</summary>
public sealed class PostgresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new() { ["PINNSWEEP_STORE"] = PostgresServer.Shared.CreateDatabase() };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_study_is_run_and_reported_from_a_server_and_the_password_is_told_nobody()
    {
        _folder.Write("small.yaml", SmallStudy.Text(steps: 200));

        using var run = await StartAsync("run", "small.yaml", "--slots", "2", "--out", "first");
        using var report = await StartAsync("report", "small", "--out", "second");
        using var doctor = await StartAsync("doctor");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(report.ExitCode == 0, report.Error);
        Assert.Equal(File.ReadAllBytes(_folder["first/results.json"]), File.ReadAllBytes(_folder["second/results.json"]));
        Assert.Contains("PostgreSQL", doctor.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["pinnsweep.db"]));
        Assert.DoesNotContain(
            PostgresServer.Password,
            string.Concat([run.Out, run.Error, report.Out, report.Error, doctor.Out, doctor.Error, .. Directory.EnumerateFiles(_folder["logs"]).Select(File.ReadAllText)]),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_a_mistake_with_its_address_and_without_its_password()
    {
        _environment["PINNSWEEP_STORE"] = $"postgresql://ann:{PostgresServer.Password}@127.0.0.1:1/sweeps";

        using var report = await StartAsync("report", "small");

        Assert.Equal(1, report.ExitCode);
        Assert.Contains("postgresql://ann@127.0.0.1:1/sweeps: the server cannot be reached", report.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Password, report.Error, StringComparison.Ordinal);
    }

    private async Task<ProcessRun> StartAsync(params IEnumerable<string> arguments) =>
        await ProcessRun.Start(_folder.Path, _environment, Cli.Program, arguments).EndAsync(StudyRun.Limit);
}
