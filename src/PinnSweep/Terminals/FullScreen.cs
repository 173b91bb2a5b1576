using System.Text;

namespace PinnSweep.Terminals;

/// <summary>
/// The whole of a terminal on its alternate screen, drawn line by line: only lines that changed are written, all in one go, so that nothing
/// flickers. Whatever ends the process gives the terminal back as it was.
/// </summary>
internal sealed class FullScreen : IDisposable
{
    private const string Enter = "\e[?1049h\e[?25l\e[H\e[2J";
    private const string Leave = "\e[?25h\e[?1049l";

    // Terminals that know it show all of it at once; others pass over it.
    private const string Begin = "\e[?2026h";
    private const string End = "\e[?2026l";

    private readonly Action<string> _write;
    private readonly Lock _lock = new();
    private readonly EventHandler _onExit;
    private readonly UnhandledExceptionEventHandler _onCrash;
    private List<string> _shown = [];
    private (int Width, int Height) _size;
    private bool _isLeft;

    public FullScreen(TextWriter screen)
    {
        _write = text =>
        {
            screen.Write(text);
            screen.Flush();
        };
        _onExit = (_, _) => Dispose();
        _onCrash = (_, _) => Dispose();
        AppDomain.CurrentDomain.ProcessExit += _onExit;
        AppDomain.CurrentDomain.UnhandledException += _onCrash;
        _write(Enter);
    }

    /// <summary>Shows lines from the top; those beyond the height are left out, longer ones cut.</summary>
    public void Show(IReadOnlyList<string> lines, int width, int height)
    {
        lock (_lock)
        {
            if (_isLeft)
            {
                return;
            }

            var text = new StringBuilder(Begin);
            if (_size != (width, height))
            {
                // What a terminal leaves of a picture when its size changes is its own affair.
                text.Append("\e[2J");
                (_size, _shown) = ((width, height), []);
            }

            List<string> now = [.. lines.Take(height).Select(line => line.Length > width ? line[..width] : line)];
            for (var row = 0; row < Math.Max(now.Count, _shown.Count); row++)
            {
                var line = row < now.Count ? now[row] : "";
                if (row >= _shown.Count || _shown[row] != line)
                {
                    text.Append("\e[").Append(row + 1).Append(";1H").Append(line).Append("\e[K");
                }
            }

            _shown = now;
            if (text.Length > Begin.Length)
            {
                _write(text.Append(End).ToString());
            }
        }
    }

    /// <summary>The size of the terminal, which may have changed since it was asked last.</summary>
    public static (int Width, int Height) Size()
    {
        try
        {
            return (Math.Max(20, Console.WindowWidth), Math.Max(5, Console.WindowHeight));
        }
        catch (IOException)
        {
            return (Columns.Usual, 24);
        }
    }

    /// <summary>Gives the terminal back.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isLeft)
            {
                return;
            }

            _isLeft = true;
            _write(Leave);
        }

        AppDomain.CurrentDomain.ProcessExit -= _onExit;
        AppDomain.CurrentDomain.UnhandledException -= _onCrash;
    }
}
