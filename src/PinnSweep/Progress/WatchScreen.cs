using System.Diagnostics;
using PinnSweep.Terminals;

namespace PinnSweep.Progress;

/// <summary>Draws a watched study on the whole terminal until it ends or somebody has seen enough.</summary>
internal sealed class WatchScreen(FullScreen screen) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly SemaphoreSlim _key = new(0);
    private volatile int _scroll;
    private volatile bool _isOver;
    private int _most;
    private int _page = 1;

    /// <summary>A key was pressed.</summary>
    public void Press(ConsoleKey key)
    {
        _scroll = key switch
        {
            ConsoleKey.DownArrow => Math.Min(_most, _scroll + 1),
            ConsoleKey.UpArrow => Math.Max(0, _scroll - 1),
            ConsoleKey.PageDown or ConsoleKey.Spacebar => Math.Min(_most, _scroll + _page),
            ConsoleKey.PageUp => Math.Max(0, _scroll - _page),
            ConsoleKey.End => _most,
            ConsoleKey.Home => 0,
            _ => _scroll,
        };
        _isOver |= key is ConsoleKey.Q or ConsoleKey.Escape;
        try
        {
            _key.Release();
        }
        catch (ObjectDisposedException)
        {
            // The picture is gone already.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>Draws until <paramref name="run"/> has ended or q was pressed.</summary>
    /// <returns>Whether it was q.</returns>
    public async Task<bool> ShowAsync(Task run, Func<TimeSpan, WatchState?> state)
    {
        while (!run.IsCompleted && !_isOver)
        {
            if (state(_clock.Elapsed) is { } known)
            {
                var (width, height) = FullScreen.Size();
                (_most, _page) = (WatchFrame.MostScroll(known, width, height), Math.Max(1, height - 6));
                screen.Show(WatchFrame.Lines(known, width, height, _scroll), width, height);
            }

            await Task.WhenAny(run, _key.WaitAsync(Period));
        }

        return _isOver;
    }
}
