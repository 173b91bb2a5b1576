using System.Diagnostics;
using System.Globalization;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks;

/// <summary>
/// A contender in a process of its own. It says <c>ready</c> when it has its parts, then takes a line with a number of steps and answers with
/// milliseconds of one, measured by itself; it ends with its standard input.
/// </summary>
internal sealed class StepProcess : IStepTimer
{
    private readonly Process _process;
    private readonly string _name;

    /// <param name="name">For messages.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="tuned">Whether its allocator is tuned.</param>
    public StepProcess(string name, string program, IEnumerable<string> arguments, bool tuned)
    {
        _name = name;
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Allocator.Set(start, tuned);
        _process = Process.Start(start)!;
        Expect("ready");
    }

    /// <summary>A subject of this program.</summary>
    public static StepProcess OfThisProgram(string name, IEnumerable<string> arguments, bool tuned)
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new(name, program, [Environment.GetCommandLineArgs()[0], .. arguments], tuned)
            : new(name, program, arguments, tuned);
    }

    /// <summary>What such a process does with a timer: in the calling thread, which for most allocators is not as any other.</summary>
    public static int Serve(IStepTimer timer)
    {
        Console.Out.WriteLine("ready");
        while (Console.In.ReadLine() is { } steps)
        {
            Console.Out.WriteLine(timer.Time(int.Parse(steps, CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture));
        }

        return 0;
    }

    public double Time(int steps)
    {
        _process.StandardInput.WriteLine(steps.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        return double.Parse(Answer(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Expect(string word)
    {
        if (Answer() is var answer && answer != word)
        {
            throw new UserMistakeException($"{_name} said '{answer}' where '{word}' was expected.");
        }
    }

    private string Answer() => _process.StandardOutput.ReadLine() ?? throw new UserMistakeException($"{_name} ended; what it said stands above.");
}
