using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using PinnSweep.Api;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Cluster.Security;
using PinnSweep.Processes;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Terminals;

namespace PinnSweep.Commands;

/// <summary>
/// <c>health</c>: whether the node of this machine lives, for containers, whose images have no other program that could ask.
/// </summary>
internal static class HealthVerb
{
    // Less than a container engine waits for its check.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static Command Create(Terminal terminal)
    {
        var http = new Option<string?>("--http") { Description = $"What the node's own --http says [$PINNSWEEP_HTTP]. Default: {Default}, or off where $PINNSWEEP_ROLES has no coordinator", HelpName = "URL" };
        var tls = new Option<string?>("--tls") { Description = "The node's folder of certificates, for an https address [$PINNSWEEP_TLS]", HelpName = "DIR" };
        var command = new Command("health", "Whether the node of this machine lives: exit code 0 or 1. For the health check of a container.") { http, tls };
        command.SetAction(async (parsed, cancel) =>
        {
            var url = parsed.GetValue(http) ?? Variable("PINNSWEEP_HTTP") ?? (Coordinates ? Default : "off");
            if (url == "off")
            {
                await terminal.Out.WriteLineAsync("the node serves no HTTP, so nobody can ask it");
                return ExitCode.Done;
            }

            return await AskAsync(ApiAddress.Parse(url), parsed.GetValue(tls) ?? Variable("PINNSWEEP_TLS"), terminal, cancel);
        });
        return command;
    }

    /// <summary>As the node sees it, whose default depends on it.</summary>
    private static bool Coordinates => Variable("PINNSWEEP_ROLES")?.Contains(NodeDefaults.CoordinatorRole, StringComparison.Ordinal) ?? true;

    private static string Default { get; } = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{NodeDefaults.HttpPort}");

    private static async Task<int> AskAsync(ApiAddress address, string? tls, Terminal terminal, CancellationToken cancel)
    {
        var place = new Uri(OwnAddress(address), "healthz/live");
        using var trusted = tls is null ? null : new AuthorityFile(Path.Combine(tls, TlsFiles.Authority));
        using var handler = new SocketsHttpHandler { ConnectTimeout = Patience };
        // It is this machine by its number, which no certificate names; the authority still has to fit.
        handler.SslOptions.RemoteCertificateValidationCallback = trusted is null ? null : (_, certificate, _, _) => trusted.WhyNot(certificate as X509Certificate2) is null;
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(place, cancel);
            await terminal.Out.WriteLineAsync($"{place}: {await answer.Content.ReadAsStringAsync(cancel)}");
            return answer.IsSuccessStatusCode ? ExitCode.Done : ExitCode.UserMistake;
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException)
        {
            throw new UserMistakeException($"{place}: the node does not answer ({silent.InnerException?.Message ?? silent.Message})", silent);
        }
    }

    /// <summary>Where this machine itself reaches what listens on every interface.</summary>
    private static Uri OwnAddress(ApiAddress address) =>
        address.EndPoint.Address.Equals(IPAddress.Any) ? (address with { EndPoint = new(IPAddress.Loopback, address.EndPoint.Port) }).At(address.EndPoint.Port)
        : address.EndPoint.Address.Equals(IPAddress.IPv6Any) ? (address with { EndPoint = new(IPAddress.IPv6Loopback, address.EndPoint.Port) }).At(address.EndPoint.Port)
        : address.At(address.EndPoint.Port);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
