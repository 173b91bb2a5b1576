using System.Globalization;
using PinnSweep.Studies.Trials;
using PinnSweep.Terminals;

namespace PinnSweep.Progress;

/// <summary>One line about one trial, drawn over and over on a terminal; silent where lines cannot be drawn again.</summary>
internal sealed class TrainLine(Terminal terminal) : IDisposable
{
    private int _drawn;

    public void Update(AttemptProgress now)
    {
        if (!terminal.ErrorIsLive)
        {
            return;
        }

        var line = string.Create(CultureInfo.InvariantCulture, $"step {now.Step}  {100 * now.Share:0}%  error {Pace.Error(now.RelativeL2)}  loss {now.Loss:0.0e+00}  {now.StepsPerSecond:0} steps/s");
        terminal.Screen.Write($"\r{line.PadRight(_drawn)}");
        _drawn = line.Length;
    }

    /// <summary>A remark of the trainer on a line of its own.</summary>
    public void Note(string remark)
    {
        Dispose();
        terminal.Error.WriteLine(remark);
    }

    public void Dispose()
    {
        if (_drawn > 0)
        {
            terminal.Screen.Write($"\r{new string(' ', _drawn)}\r");
            _drawn = 0;
        }
    }
}
