using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace PinnSweep.Testing.Processes;

/// <summary>
/// A real process under test, at the head of a process group of its own, so that signals can go to it alone or to the whole tree as a
/// terminal would send them.
/// </summary>
public sealed class ProcessRun : IDisposable
{
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private readonly Process _process;
    private readonly Task _ended;

    private ProcessRun(Process process)
    {
        _process = process;
        _ended = Task.WhenAll(PumpAsync(process.StandardOutput, _out), PumpAsync(process.StandardError, _error), process.WaitForExitAsync());
    }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Its exit code, once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>What it has written to standard output so far.</summary>
    public string Out => Read(_out);

    /// <summary>What it has written to standard error so far.</summary>
    public string Error => Read(_error);

    /// <summary>Starts a program in a folder, with closed standard input.</summary>
    public static ProcessRun Start(string folder, string program, params IEnumerable<string> arguments) => Start(folder, new Dictionary<string, string>(), program, arguments);

    /// <summary>Starts a program in a folder, with closed standard input and some variables of its environment set.</summary>
    public static ProcessRun Start(string folder, IReadOnlyDictionary<string, string> environment, string program, params IEnumerable<string> arguments)
    {
        // setsid makes the group; it replaces itself by the program, so the id stays.
        var start = new ProcessStartInfo("setsid", [program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        // A test host's own settings must not reach the program under test.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PINNSWEEP_", StringComparison.Ordinal) && !environment.ContainsKey(name)).ToList())
        {
            start.Environment.Remove(name);
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new(process);
    }

    /// <summary>Waits for its end.</summary>
    /// <exception cref="TimeoutException">It took longer; it is killed, and the message holds what it wrote.</exception>
    public async Task<ProcessRun> EndAsync(TimeSpan limit)
    {
        try
        {
            await _ended.WaitAsync(limit);
            return this;
        }
        catch (TimeoutException)
        {
            KillTree();
            throw new TimeoutException($"not ended after {limit}\n--- out\n{Out}\n--- error\n{Error}");
        }
    }

    /// <summary>SIGINT to the whole group, as Ctrl-C does.</summary>
    public void Interrupt() => _ = Kill(-_process.Id, 2);

    /// <summary>SIGKILL to the whole group.</summary>
    public void KillTree() => _ = Kill(-_process.Id, 9);

    /// <summary>SIGSTOP, after which a process does nothing, and ends only when the kernel ends it.</summary>
    public const int Stop = 19;

    /// <summary>A signal to one process.</summary>
    public static void Signal(int processId, int signal) => _ = Kill(processId, signal);

    /// <summary>SIGKILL to one process.</summary>
    public static void Kill(int processId) => _ = Kill(processId, 9);

    /// <summary>Processes that stand below this one and whose command line contains a text.</summary>
    public IReadOnlyList<int> Descendants(string containing)
    {
        var processes = new List<(int Id, int Parent, string Command)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                // /proc/ID/stat: "id (name) state parent …"; the name may hold blanks and brackets.
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                var command = File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
                processes.Add((int.Parse(Path.GetFileName(folder), null), int.Parse(fields[1], null), command));
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // Ended between listing and reading.
            }
        }

        var below = new HashSet<int> { _process.Id };
        while (processes.Any(process => below.Contains(process.Parent) && below.Add(process.Id)))
        {
        }

        return [.. processes.Where(process => process.Id != _process.Id && below.Contains(process.Id) && process.Command.Contains(containing, StringComparison.Ordinal)).Select(process => process.Id)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            KillTree();
        }

        _process.Dispose();
    }

    private static async Task PumpAsync(StreamReader reader, StringBuilder sink)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (sink)
            {
                sink.Append(line).Append('\n');
            }
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
