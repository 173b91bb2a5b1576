using System.Globalization;
using PinnSweep.Api;
using PinnSweep.Cluster.Security;
using PinnSweep.Processes;
using PinnSweep.Testing.Processes;
using PinnSweep.Tests.Api;

namespace PinnSweep.Tests.Commands;

public class HealthVerbTests
{
    [Fact]
    public async Task A_node_that_lives_is_well_and_asks_for_no_token()
    {
        await using var api = await TestApi.StartAsync(hasTokens: true);

        var health = await Captured.RunAsync("health", "--http", api.Url.ToString());

        Assert.Equal((ExitCode.Done, ""), (health.ExitCode, health.Error));
        Assert.EndsWith(": live\n", health.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_https_the_nodes_own_certificate_will_do_whatever_names_it_has()
    {
        using var folder = new TemporaryFolder();
        CertificateAuthority.Init(folder["certs"], [NodeCertificate.Parse("head")], TimeProvider.System);
        var tls = NodeTls.Load(folder["certs/head"]);
        await using var api = await TestApi.StartAsync(hasTokens: true, change: options => options with { Address = ApiAddress.Parse("https://127.0.0.1:0"), Tls = tls });

        var health = await Captured.RunAsync("health", "--http", api.Url.ToString(), "--tls", folder["certs/head"]);

        Assert.Equal((ExitCode.Done, ""), (health.ExitCode, health.Error));
    }

    [Fact]
    public async Task Where_nobody_answers_the_exit_code_is_one()
    {
        var health = await Captured.RunAsync("health", "--http", string.Create(CultureInfo.InvariantCulture, $"http://0.0.0.0:{FreePort.Next()}"));

        Assert.Equal(ExitCode.UserMistake, health.ExitCode);
        Assert.Contains("does not answer", health.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_node_that_serves_nothing_nothing_is_asked() =>
        Assert.Equal(ExitCode.Done, (await Captured.RunAsync("health", "--http", "off")).ExitCode);
}
