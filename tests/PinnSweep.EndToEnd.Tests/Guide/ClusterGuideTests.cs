using System.Text.Json;
using System.Text.RegularExpressions;
using PinnSweep.Testing.Postgres;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests.Guide;

/// <summary>
/// Runs the guide's commands as they stand. Its machines are addresses of this one: a section has a mount namespace with a hosts file of
/// its own, and the one that uses the default ports a network namespace too, so that it meets no other node of this machine.
/// </summary>
[Collection("whole machine")]
public sealed partial class ClusterGuideTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private static readonly string[] Machines = ["head", "gpu-1", "gpu-2", "head-1", "head-2", "head-3"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_tested_section_has_its_test() => Assert.Equal(["one-machine", "lab", "ha", "tls-secrets"], ClusterGuide.Sections);

    [Fact]
    public async Task One_machine_with_two_processes()
    {
        await RunAsync("one-machine", isAlone: true);

        Assert.Contains("quickstart", await File.ReadAllTextAsync(_folder["out/report.md"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(21, await ResultsAsync(_folder["study.db"]));
    }

    [Fact]
    public async Task A_lab_of_three_machines_with_certificates_and_tokens()
    {
        await RunAsync("lab", isAlone: false);

        Assert.Equal(21, await ResultsAsync(_folder["study.db"]));
    }

    // Five nodes and their clocks: for an idle machine.
    [Fact(Explicit = true)]
    public async Task High_availability_with_a_coordinator_killed()
    {
        var database = PostgresServer.Shared.CreateDatabase();

        await RunAsync("ha", isAlone: false, ("PINNSWEEP_STORE", database));

        Assert.Equal(21, await ResultsAsync(database));
    }

    [Fact]
    public async Task Certificates_become_secrets_of_Kubernetes()
    {
        Assert.SkipUnless(Has("kubectl"), "kubectl is not installed; it makes the secrets");

        await RunAsync("tls-secrets", isAlone: false);

        Assert.All(["coordinator-tls.yaml", "worker-tls.yaml"], secret =>
            Assert.All(["ca.crt:", "node.crt:", "node.key:"], key => Assert.Contains(key, File.ReadAllText(_folder[secret]), StringComparison.Ordinal)));
    }

    /// <summary>Runs a section; then ends its nodes by SIGTERM, each of which must leave cleanly unless the section killed it.</summary>
    private async Task RunAsync(string section, bool isAlone, params (string Name, string Value)[] variables)
    {
        await NeedVerbsAsync(section);
        Assert.SkipUnless(Has("unshare") && Has("ip"), "unshare and ip are not installed; they give the guide's commands machines of their own");
        _folder.Write("pinnsweep", $"#!/bin/sh\nexec {Cli.Program} \"$@\"\n");
        // Ports are shared between tests; each section has a network of its own.
        var network = 1 + ClusterGuide.Sections.ToList().IndexOf(section);
        _folder.Write("hosts", "127.0.0.1 localhost\n" + string.Join('\n', Machines.Select((name, index) => $"127.0.{network}.{index + 1} {name}")) + "\n");
        _folder.Write("section", $"""
            set -euo pipefail
            # A section that fails must not leave nodes that keep its output open.
            trap 'kill -9 $(jobs -p) 2>/dev/null || true' EXIT
            {ClusterGuide.Script(section)}
            for node in $(jobs -pr); do kill -TERM $node; wait $node || exit 99; done
            """);
        _folder.Write("machines", $"""
            mount --bind hosts /etc/hosts || exit 98
            {(isAlone ? "ip link set lo up || exit 98" : "")}
            chmod +x pinnsweep
            PATH=$PWD:$PATH exec bash section
            """);
        string[] namespaces = isAlone ? ["--net", "--mount"] : ["--mount"];

        using var run = ProcessRun.Start(
            _folder.Path,
            new Dictionary<string, string>(variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value))),
            "unshare",
            ["--map-root-user", .. namespaces, "bash", "machines"]);
        await run.EndAsync(Limit);

        Assert.SkipWhen(run.ExitCode == 98 || run.Error.StartsWith("unshare:", StringComparison.Ordinal), $"this machine permits no namespaces: {run.Error}");
        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}\n--- out\n{run.Out}\n--- error\n{run.Error}");
    }

    /// <summary>A build without one of the verbs that a section uses cannot run it.</summary>
    private async Task NeedVerbsAsync(string section)
    {
        using var help = await Cli.RunAsync(_folder, "--help");
        var absent = Verb().Matches(ClusterGuide.Script(section)).Select(match => match.Groups[1].Value).Distinct()
            .Where(verb => !help.Out.Split('\n').Any(line => line.TrimStart().StartsWith($"{verb} ", StringComparison.Ordinal))).ToArray();
        Assert.SkipUnless(absent.Length == 0, $"this build has no verb {string.Join(", ", absent)}");
    }

    [GeneratedRegex(@"^pinnsweep ([a-z]+)", RegexOptions.Multiline)]
    private static partial Regex Verb();

    /// <summary>Trials with a result in a store.</summary>
    private async Task<int> ResultsAsync(string store)
    {
        using var report = await Cli.RunAsync(_folder, "report", "quickstart", "--store", store, "--format", "json", "--out", "check");
        Assert.True(report.ExitCode == 0, report.Error);
        return JsonDocument.Parse(await File.ReadAllTextAsync(_folder["check/results.json"])).RootElement.GetProperty("trials").EnumerateArray()
            .Count(trial => trial.GetProperty("result").ValueKind == JsonValueKind.Object);
    }

    private static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
