using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PinnSweep.Benchmarks.Coordinator;

/// <summary>
/// A coordinator in a process of its own, as `pinnsweep node` starts it, so that its processor time and memory are its own.
/// </summary>
internal sealed class CoordinatorProcess : IDisposable
{
    private readonly string _folder;
    private readonly int? _http;
    private Process _process;

    /// <param name="folder">Where it works.</param>
    /// <param name="store">Its store.</param>
    /// <param name="http">The port of its pages; null for none.</param>
    public CoordinatorProcess(string folder, string store, int? http = null)
    {
        (_folder, _http) = (folder, http);
        Port = FreePort();
        Store = store;
        _process = Start();
    }

    public int Port { get; }

    public string Store { get; }

    /// <summary>Processor seconds since the last start.</summary>
    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Resident memory in bytes, now and at most.</summary>
    public (long Now, long Peak) Memory
    {
        get
        {
            var lines = File.ReadAllLines($"/proc/{_process.Id}/status");
            long Kilobytes(string name) => long.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
            return (Kilobytes("VmRSS:") << 10, Kilobytes("VmHWM:") << 10);
        }
    }

    /// <summary>SIGKILL and a new process.</summary>
    public void Restart()
    {
        Kill();
        _process = Start();
    }

    public void Dispose() => Kill();

    private void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(
            Program(),
            [
                "node", "--roles", "coordinator", "--name", "bench", "--config", "single", "--http", _http is { } port ? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}") : "off", "--store", Store,
                "--port", Port.ToString(CultureInfo.InvariantCulture), "--seed-node", $"127.0.0.1:{Port}",
            ])
        {
            WorkingDirectory = _folder,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } said && !said.StartsWith("node ", StringComparison.Ordinal))
            {
                Console.Error.WriteLine($"coordinator: {said}");
            }
        };
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>The program beside this one.</summary>
    internal static string Program()
    {
        var here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        return Path.GetFullPath(Path.Combine(here, "..", "..", "PinnSweep", Path.GetFileName(here), "pinnsweep"));
    }

    internal static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
