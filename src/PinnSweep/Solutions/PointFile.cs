using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Solutions;

/// <summary>
/// Points of a file: a heading with the names of the coordinates in any order, then a point a line, columns apart by commas, semicolons or
/// tabs. Other columns are passed over, and so are empty lines and those that begin with '#'.
/// </summary>
internal sealed class PointFile : IPointSource
{
    private readonly string _path;
    private readonly StreamReader _reader;
    private readonly char _separator;
    private readonly int[] _columns;
    private readonly string[] _names;
    private readonly int _width;
    private long _line;

    /// <summary>Opens a file and reads its heading.</summary>
    /// <exception cref="UserMistakeException">It cannot be read, or a coordinate is missing.</exception>
    public PointFile(Problem problem, string path)
    {
        _path = path;
        try
        {
            _reader = new StreamReader(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"--at {path}: {unreadable.Message}", unreadable);
        }

        _names = [.. problem.Axes.Select(axis => axis.Name)];
        var heading = Line() ?? throw new UserMistakeException($"{path}: it is empty; expected a heading with {string.Join(',', _names)} and points below it");
        _separator = ",;\t".FirstOrDefault(heading.Contains, ',');
        string[] headings = [.. heading.TrimStart('\ufeff').Split(_separator).Select(word => word.Trim().Trim('"'))];
        _width = headings.Length;
        _columns = [.. _names.Select(name => Array.IndexOf(headings, name))];
        if (Array.IndexOf(_columns, -1) is >= 0 and var missing)
        {
            throw new UserMistakeException($"{path}, line {_line}: no column '{_names[missing]}'{NearestMatch.Hint(_names[missing], headings)}; the heading must name the coordinates {string.Join(", ", _names)}");
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<int> Shape => [];

    /// <inheritdoc/>
    public int Next(Span<double> points)
    {
        var (dimension, n) = (_columns.Length, 0);
        while ((n + 1) * dimension <= points.Length && Line() is { } line)
        {
            Read(line, points.Slice(n * dimension, dimension));
            n++;
        }

        return n;
    }

    public void Dispose() => _reader.Dispose();

    private void Read(ReadOnlySpan<char> line, Span<double> point)
    {
        var column = 0;
        foreach (var range in line.Split(_separator))
        {
            if (Array.IndexOf(_columns, column) is >= 0 and var axis)
            {
                var word = line[range].Trim().Trim('"');
                point[axis] = double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                    ? value
                    : throw new UserMistakeException($"{_path}, line {_line}, column '{_names[axis]}': expected a number; found {NearestMatch.Quote(word.ToString())}");
            }

            column++;
        }

        if (column != _width)
        {
            throw new UserMistakeException($"{_path}, line {_line}: {column} columns where the heading has {_width}");
        }
    }

    private string? Line()
    {
        while (_reader.ReadLine() is { } line)
        {
            _line++;
            if (!string.IsNullOrWhiteSpace(line) && !line.StartsWith('#'))
            {
                return line;
            }
        }

        return null;
    }
}
