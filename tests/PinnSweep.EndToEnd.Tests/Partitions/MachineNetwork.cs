using System.Diagnostics;
using System.Globalization;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests.Partitions;

/// <summary>
/// Machines on one computer: each a network namespace with a cable to a bridge, which is this computer's own address among them. A cable
/// can be pulled, so that packets are lost and nobody is told, as when a switch fails. Needs root.
/// </summary>
internal sealed class MachineNetwork : IDisposable
{
    private const int Prefix = 24;

    // Names of interfaces have at most 15 letters; other runs on this computer have other process ids.
    private readonly string _id = string.Create(CultureInfo.InvariantCulture, $"ps{Environment.ProcessId % 1_000_000}");
    private readonly int _net = Environment.ProcessId % 254;
    private readonly List<string> _machines = [];

    public MachineNetwork()
    {
        try
        {
            Ip("link", "add", "name", Bridge, "type", "bridge");
            Ip("address", "add", $"{Address}/{Prefix}", "dev", Bridge);
            Ip("link", "set", Bridge, "up");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? Absent =>
        Environment.UserName != "root" ? "not root: only root can make machines with networks of their own"
        : !File.Exists("/usr/sbin/ip") && !File.Exists("/sbin/ip") && !File.Exists("/usr/bin/ip") ? "ip is not installed (apt-get install iproute2)"
        : Try("netns", "add", Probe) is { } refused ? $"this machine permits no network namespaces: {refused}"
        : Try("netns", "delete", Probe);

    /// <summary>This computer among the machines.</summary>
    public string Address => AddressOf(254);

    /// <summary>All of them.</summary>
    public string Network => string.Create(CultureInfo.InvariantCulture, $"{AddressOf(0)}/{Prefix}");

    private static string Probe => string.Create(CultureInfo.InvariantCulture, $"pinnsweep-probe-{Environment.ProcessId}");

    private string Bridge => $"{_id}br";

    /// <summary>Adds a machine and gives its address.</summary>
    public string Add(string name)
    {
        _machines.Add(name);
        var address = AddressOf(_machines.Count);
        Ip("netns", "add", SpaceOf(name));
        Ip("link", "add", "name", CableOf(name), "type", "veth", "peer", "name", "eth0", "netns", SpaceOf(name));
        Ip("link", "set", CableOf(name), "master", Bridge, "up");
        Ip("-netns", SpaceOf(name), "link", "set", "lo", "up");
        Ip("-netns", SpaceOf(name), "address", "add", $"{address}/{Prefix}", "dev", "eth0");
        Ip("-netns", SpaceOf(name), "link", "set", "eth0", "up");
        return address;
    }

    /// <summary>Starts a program on a machine.</summary>
    public ProcessRun Start(string machine, string folder, IReadOnlyDictionary<string, string> environment, string program, params IEnumerable<string> arguments) =>
        ProcessRun.Start(folder, environment, "ip", ["netns", "exec", SpaceOf(machine), program, .. arguments]);

    /// <summary>Pulls a machine's cable.</summary>
    public void CutOff(string name) => Ip("link", "set", CableOf(name), "down");

    /// <summary>Plugs it in again.</summary>
    public void Heal(string name) => Ip("link", "set", CableOf(name), "up");

    public void Dispose()
    {
        foreach (var machine in _machines)
        {
            Try("netns", "delete", SpaceOf(machine));
        }

        Try("link", "delete", Bridge);
    }

    private string SpaceOf(string machine) => $"{_id}-{machine}";

    private string CableOf(string machine) => string.Create(CultureInfo.InvariantCulture, $"{_id}v{_machines.IndexOf(machine)}");

    private string AddressOf(int host) => string.Create(CultureInfo.InvariantCulture, $"10.213.{_net}.{host}");

    private static void Ip(params string[] words)
    {
        if (Try(words) is { } refused)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', words)}: {refused}");
        }
    }

    /// <summary>Null when it was done, else why it was not.</summary>
    private static string? Try(params string[] words)
    {
        using var ip = Process.Start(new ProcessStartInfo("ip", words) { RedirectStandardError = true })!;
        var error = ip.StandardError.ReadToEnd();
        ip.WaitForExit();
        return ip.ExitCode == 0 ? null : error.Trim();
    }
}
