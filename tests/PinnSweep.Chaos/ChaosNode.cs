using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PinnSweep.Chaos;

/// <summary>
/// One node as a process of the real program, that can be killed, stopped and continued, and is started again as a supervisor does.
/// </summary>
internal sealed class ChaosNode : IDisposable
{
    /// <summary>Where a node works, under its own folder.</summary>
    private const string WorkFolder = "work";

    private readonly ChaosSetup _setup;
    private Process? _process;
    private DateTimeOffset _startAgainAt;

    public ChaosNode(ChaosSetup setup, string name, bool coordinates)
    {
        _setup = setup;
        Name = name;
        Coordinates = coordinates;
        Port = FreePort();
        HttpPort = FreePort();
    }

    public string Name { get; }

    public bool Coordinates { get; }

    public int Port { get; }

    public int HttpPort { get; }

    /// <summary>Its own folder.</summary>
    public string Folder => Path.Combine(_setup.Folder, Name);

    /// <summary>What it works on; null where this machine mounts none.</summary>
    public SmallDisk? Disk { get; private set; }

    public int Starts { get; private set; }

    /// <summary>Since when the process runs.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    public bool IsAlive => _process is { HasExited: false };

    public bool IsFrozen { get; private set; }

    /// <summary>Starts it if it is down and its supervisor would do so now; tells the exit code of an end that nobody asked for.</summary>
    public int? Supervise(DateTimeOffset now)
    {
        if (IsAlive)
        {
            return null;
        }

        int? code = null;
        if (_process is not null)
        {
            code = _process.ExitCode;
            _process.Dispose();
            _process = null;
            _startAgainAt = _startAgainAt > now ? _startAgainAt : now + TimeSpan.FromSeconds(1);
        }

        if (now >= _startAgainAt)
        {
            Start();
        }

        return code is 137 or null ? null : code;
    }

    /// <summary>Gives it a small disk of its own to work on.</summary>
    public void MountDisk() => Disk = SmallDisk.TryMount(Path.Combine(Folder, WorkFolder));

    /// <summary>SIGKILL to the node alone; its trainers end when their input closes.</summary>
    public void Kill(DateTimeOffset startAgainAt)
    {
        _startAgainAt = startAgainAt;
        Signals.Send(_process!.Id, Signals.Kill);
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
        IsFrozen = false;
    }

    public void Freeze()
    {
        IsFrozen = true;
        Signals.Send(_process!.Id, Signals.Stop);
    }

    public void Thaw()
    {
        IsFrozen = false;
        if (IsAlive)
        {
            Signals.Send(_process!.Id, Signals.Continue);
        }
    }

    /// <summary>Process ids of its trainers.</summary>
    public IReadOnlyList<int> Trainers() => IsAlive ? Signals.ChildrenOf(_process!.Id) : [];

    public void Dispose()
    {
        if (IsAlive)
        {
            Thaw();
            _process!.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process?.Dispose();
        _process = null;
        Disk?.Dispose();
        Disk = null;
    }

    /// <summary>How it is started, or somebody who says that he is it, in a folder and on a port.</summary>
    public ProcessStartInfo StartInfo(string folder, int port)
    {
        var start = new ProcessStartInfo(
            _setup.Program,
            [
                "node", "--roles", Coordinates ? "coordinator" : "worker", "--name", Name, "--config", _setup.Profile, "--store", _setup.Store,
                "--port", port.ToString(CultureInfo.InvariantCulture), "--work", Path.Combine(folder, WorkFolder),
                "--http", Coordinates ? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{HttpPort}") : "off",
                "--slots", _setup.Slots.ToString(CultureInfo.InvariantCulture), "--lanes", _setup.Lanes.ToString(CultureInfo.InvariantCulture),
                .. _setup.Seeds.SelectMany(seed => new[] { "--seed-node", seed }),
            ])
        {
            WorkingDirectory = Directory.CreateDirectory(folder).FullName,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_TieredPGO"] = "0" },
        };
        if (_setup.Trainer is { } trainer)
        {
            start.Environment["PINNSWEEP_TRAINER"] = trainer;
        }

        return start;
    }

    /// <summary>Appends what a process says to a file.</summary>
    public static void KeepOutput(Process process, string path, ChaosSetup setup)
    {
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();

        void Write(string? line)
        {
            if (line is not null)
            {
                lock (setup)
                {
                    File.AppendAllText(path, line + "\n");
                }
            }
        }
    }

    private void Start()
    {
        Starts++;
        StartedAt = TimeProvider.System.GetUtcNow();
        var start = StartInfo(Folder, Port);
        _process = Process.Start(start)!;
        KeepOutput(_process, Path.Combine(start.WorkingDirectory, "console.log"), _setup);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
