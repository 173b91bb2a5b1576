using System.Diagnostics;
using System.Text.Json;
using PinnSweep.Studies.Messages;

namespace PinnSweep.Trainer.Tests;

/// <summary>A real trainer process and its protocol.</summary>
internal sealed class TrainerUnderTest : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    public TrainerUnderTest(IReadOnlyDictionary<string, string>? environment = null)
    {
        _process = Start(environment ?? new Dictionary<string, string>());
        Ready = (TrainerProtocol.Ready)Next();
    }

    /// <summary>One for several trials at once.</summary>
    public TrainerUnderTest(int lanes)
    {
        _process = Start("--lanes", lanes.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Ready = (TrainerProtocol.Ready)Next();
    }

    public TrainerProtocol.Ready Ready { get; }

    public Process Process => _process;

    /// <summary>Where the trainer and its libraries lie.</summary>
    public static string Folder { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "PinnSweep.Trainer", new DirectoryInfo(AppContext.BaseDirectory).Name));

    public static Process Start(params IEnumerable<string> arguments) => Start(new Dictionary<string, string>(), arguments);

    public static Process Start(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Folder, "pinnsweep-trainer"), arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    public void Send(TrainerProtocol.Command command) => SendLine(JsonSerializer.Serialize(command, TrainerProtocol.Json));

    public void SendLine(string line)
    {
        _process.StandardInput.Write(line + "\n");
        _process.StandardInput.Flush();
    }

    /// <summary>The next event; whatever is not one fails here.</summary>
    public TrainerProtocol.Event Next()
    {
        var line = _process.StandardOutput.ReadLineAsync().WaitAsync(Limit).GetAwaiter().GetResult()
            ?? throw new EndOfStreamException("the trainer has ended");
        return JsonSerializer.Deserialize<TrainerProtocol.Event>(line, TrainerProtocol.Json)!;
    }

    /// <summary>The next event of a kind; others before it are passed over, a failure is not.</summary>
    public T Until<T>()
        where T : TrainerProtocol.Event
    {
        while (true)
        {
            switch (Next())
            {
                case T wanted:
                    return wanted;
                case TrainerProtocol.Failed failed:
                    throw new InvalidOperationException(failed.Message);
            }
        }
    }

    /// <summary>The next event that ends an attempt, a failure too.</summary>
    public TrainerProtocol.Event UntilEnd()
    {
        while (true)
        {
            if (Next() is var next && next is TrainerProtocol.Finished or TrainerProtocol.Stopped or TrainerProtocol.Failed)
            {
                return next;
            }
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
