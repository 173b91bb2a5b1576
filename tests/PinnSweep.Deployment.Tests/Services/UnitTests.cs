using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Deployment.Tests.Checks;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Deployment.Tests.Services;

/// <summary>The systemd units.</summary>
public class UnitTests
{
    public static TheoryData<string> Roles => [NodeDefaults.CoordinatorRole, NodeDefaults.WorkerRole];

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_unit_waits_longer_than_a_node_takes_to_leave_and_signals_the_node_alone(string role)
    {
        var unit = Read(role);

        Assert.True(int.Parse(Assert.Single(unit["TimeoutStopSec"]), CultureInfo.InvariantCulture) >= NodeDefaults.ShutdownSeconds);
        Assert.Equal("mixed", Assert.Single(unit["KillMode"]));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_unit_starts_a_node_again_after_every_end_but_a_clean_one(string role)
    {
        var unit = Read(role);

        Assert.Equal("on-failure", Assert.Single(unit["Restart"]));
        Assert.Equal("0", Assert.Single(unit["StartLimitIntervalSec"]));
        Assert.Empty(unit["RestartPreventExitStatus"].Concat(unit["SuccessExitStatus"]));
        Assert.EndsWith("/pinnsweep node", Assert.Single(unit["ExecStart"]), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_units_variables_are_the_programs(string role)
    {
        var variables = Read(role)["Environment"].Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal(role, variables["PINNSWEEP_ROLES"]);
        Assert.All(variables.Keys, name => Assert.Contains(name, NodeHelp.Variables));
    }

    [Fact]
    public void A_trainer_that_is_killed_for_memory_does_not_end_its_worker() => Assert.Equal("continue", Assert.Single(Read(NodeDefaults.WorkerRole)["OOMPolicy"]));

    [Theory]
    [MemberData(nameof(Roles))]
    public void Systemd_reads_a_unit_without_a_word(string role)
    {
        using var folder = new TemporaryFolder();
        var unit = folder.Write($"pinnsweep-{role}.service", File.ReadAllText(PathOf(role)).Replace("/opt/pinnsweep/pinnsweep node", "/bin/true node", StringComparison.Ordinal));

        using var verify = Verify(unit);
        var words = verify.StandardError.ReadToEnd();
        verify.WaitForExit();

        Assert.DoesNotContain($"pinnsweep-{role}.service", words, StringComparison.Ordinal);
    }

    private static Process Verify(string unit)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", unit]) { RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("systemd-analyze is not installed; it checks the units");
            throw;
        }
    }

    private static string PathOf(string role) => Path.Combine(RepositoryPaths.Root, "cluster-config", $"pinnsweep-{role}.service");

    private static ILookup<string, string> Read(string role) => File.ReadLines(PathOf(role))
        .Where(line => line.Length > 0 && line[0] is not ('#' or '[')).Select(line => line.Split('=', 2)).ToLookup(pair => pair[0], pair => pair[1]);
}
