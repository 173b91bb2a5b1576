using System.Diagnostics;

namespace PinnSweep.Chaos;

/// <summary>
/// A second node that says it is a worker which is there already, as a cloned machine does. It has to be refused; one that got the name,
/// because its holder was killed just then, is ended after a while.
/// </summary>
internal sealed class Twin : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Process _process;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public Twin(ChaosSetup setup, ChaosNode of, string folder)
    {
        Of = of;
        var start = of.StartInfo(folder, port: 0);
        _process = Process.Start(start)!;
        ChaosNode.KeepOutput(_process, Path.Combine(folder, "console.log"), setup);
    }

    public ChaosNode Of { get; }

    /// <summary>The exit code it ended with; null while it lives, and when it had to be ended.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>True once it is gone.</summary>
    public bool IsOver()
    {
        if (_process.HasExited)
        {
            ExitCode = _process.ExitCode;
            return true;
        }

        if (_clock.Elapsed < Patience)
        {
            return false;
        }

        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        return true;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
