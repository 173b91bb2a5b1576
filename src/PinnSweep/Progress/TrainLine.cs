using System.Globalization;
using PinnSweep.Studies.Trials;
using PinnSweep.Terminals;

namespace PinnSweep.Progress;

/// <summary>One line about one trial, drawn over and over on a terminal; silent where lines cannot be drawn again.</summary>
internal sealed class TrainLine(Terminal terminal, TimeProvider clock) : IDisposable
{
    private long? _begun;
    private double _share;
    private int _drawn;

    public void Update(AttemptProgress now)
    {
        if (!terminal.ErrorIsLive)
        {
            return;
        }

        var line = string.Create(CultureInfo.InvariantCulture, $"step {now.Step}  {100 * now.Share:0}%  error {Pace.Error(now.RelativeL2)}  loss {now.Loss:0.00e0}  {now.StepsPerSecond:0} steps/s{Left(now)}");
        terminal.Screen.Write($"\r{line.PadRight(_drawn)}");
        _drawn = line.Length;
    }

    /// <summary>Time left at the pace since the first word, which may come late: the trainer starts and prepares before.</summary>
    private string Left(AttemptProgress now)
    {
        if (_begun is not { } begun)
        {
            (_begun, _share) = (clock.GetTimestamp(), now.Share);
            return "";
        }

        var made = now.Share - _share;
        return made <= 0 || now.Share >= 1 ? "" : $"  {Pace.Clock(clock.GetElapsedTime(begun) * ((1 - now.Share) / made))} left";
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
