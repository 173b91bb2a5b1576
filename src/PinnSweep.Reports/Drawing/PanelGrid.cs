using System.Collections.Immutable;
using ScottPlot;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// Lays panels out: one with the legend at its right, several in a grid with the legend below. All data areas of a figure have one size;
/// margins are what their words need. Where panels are many, there are more columns, and areas are flatter, before a figure leaves its page.
/// </summary>
internal static class PanelGrid
{
    private const float Gap = 8;
    private const float Tick = 8;
    private const float Right = 10;
    private const float TickLine = 21;
    private const float LabelLine = 18;
    private const float TitleLine = 16;
    private const float LeastHeight = 62;
    private const float LeastWidth = 92;
    private const float BestAspect = 1.4f;
    private const int MostColumns = 6;
    private const int MostTitleLines = 2;

    // With so many panels or fewer a number of columns looks best whatever their shape.
    private static readonly ImmutableArray<int> ColumnsOfFew = [1, 1, 2, 3, 2, 3, 3];

    public static FigureLayout Of(FigureModel figure, FigureSheet sheet, FigureText text)
    {
        var grids = Columns(figure.Panels.Length, sheet).Select(columns => new Grid(figure, sheet, text, columns)).ToArray();
        var fitting = grids.Where(grid => grid.Fits).ToArray();
        return (fitting.Length > 0 ? fitting.MinBy(grid => Math.Abs(Math.Log(grid.DataWidth / grid.DataHeight / BestAspect))) : grids[^1])!.Layout();
    }

    private static IEnumerable<int> Columns(int count, FigureSheet sheet) => sheet.Size switch
    {
        FigureSize.Column => count <= 3 ? [1] : Enumerable.Range(1, 3),
        FigureSize.Slide => Enumerable.Range(1, Math.Min(count, MostColumns)),
        _ => count < ColumnsOfFew.Length ? [ColumnsOfFew[count]] : Enumerable.Range(3, MostColumns - 3),
    };

    private sealed class Grid
    {
        private readonly FigureModel _figure;
        private readonly FigureSheet _sheet;
        private readonly FigureText _text;
        private readonly int _columns;
        private readonly int _rows;
        private readonly PanelScale[] _scales;
        private readonly bool[] _hasX;
        private readonly bool[] _hasY;
        private readonly float _legendWidth;
        private readonly ImmutableArray<PlacedEntry> _legend;
        private readonly float _legendHeight;
        private readonly float _left;
        private readonly float _inner;
        private readonly float _right = Right;
        private readonly int _titleLines;

        public Grid(FigureModel figure, FigureSheet sheet, FigureText text, int columns)
        {
            (_figure, _sheet, _text, _columns) = (figure, sheet, text, columns);
            _rows = (figure.Panels.Length + columns - 1) / columns;
            var panels = figure.Panels;
            _scales = [.. panels.Select(PanelScale.Of)];
            _hasX = [.. panels.Select((panel, i) => i + columns >= panels.Length || panels[i + columns].XLabel != panel.XLabel)];
            _hasY = [.. panels.Select((panel, i) => panel.YLabel.Length > 0 && (i % columns == 0 || panels[i - 1].YLabel != panel.YLabel))];
            _legendWidth = FigureLegend.WidthAtRight(figure, sheet, text);
            (_legend, _legendHeight) = _legendWidth > 0 ? (FigureLegend.AtRight(figure, sheet.Width - _legendWidth), 0) : FigureLegend.Below(figure, sheet, text);

            // Numbers of all heights have room in what those of the tallest take.
            var widest = Enumerable.Range(0, panels.Length).Max(i => AxisTicks.Up(_scales[i], 400).Widest(text));
            DataHeight = Height(out _);
            DataHeight = Math.Max(LeastHeight, DataHeight);
            widest = Math.Max(widest, Enumerable.Range(0, panels.Length).Max(i => AxisTicks.Up(_scales[i], DataHeight).Widest(text)));
            _left = widest + Tick + (_hasY.Where((_, i) => i % columns == 0).Any(has => has) ? LabelLine : 2);
            _inner = widest + Tick + Gap + (_hasY.Where((_, i) => i % columns > 0).Any(has => has) ? LabelLine : 0);
            for (var turn = 0; turn < 2; turn++)
            {
                DataWidth = (sheet.Width - (_legendWidth > 0 ? _legendWidth + Gap : 0) - _left - ((columns - 1) * _inner) - (columns * _right)) / columns;
                _right = Math.Max(_right, Enumerable.Range(0, panels.Length).Max(i => Across(i).Beyond(_scales[i], DataWidth, text)) + 2);
            }

            _titleLines = panels.Max(panel => panel.Title.Length == 0 ? 0 : Title(panel).Length);
            var height = Height(out var most);
            Fits = most >= LeastHeight && (columns == 1 || DataWidth >= LeastWidth);
            DataHeight = Math.Max(LeastHeight, height);
        }

        /// <summary>Whether it stays on its sheet.</summary>
        public bool Fits { get; }

        public float DataWidth { get; }

        public float DataHeight { get; }

        private float TitleHeight => _titleLines == 0 ? Gap : (_titleLines * TitleLine) + 6;

        public FigureLayout Layout()
        {
            var (places, texts) = (ImmutableArray.CreateBuilder<PanelPlace>(), ImmutableArray.CreateBuilder<PlacedText>());
            var isShared = _rows > 1 && Enumerable.Range(0, _rows).All(row => _hasY[row * _columns] && _figure.Panels[row * _columns].YLabel == _figure.Panels[0].YLabel);
            var (top, bottom) = (0f, 0f);
            for (var row = 0; row < _rows; row++)
            {
                for (var i = row * _columns; i < Math.Min((row + 1) * _columns, _figure.Panels.Length); i++)
                {
                    var (panel, column) = (_figure.Panels[i], i % _columns);
                    var start = column == 0 ? 0 : _left + DataWidth + _right + ((column - 1) * (_inner + DataWidth + _right));
                    var left = start + (column == 0 ? _left : _inner);
                    var below = TickLine + (_hasX[i] ? LabelLine : 0);
                    bottom = Math.Max(bottom, top + TitleHeight + DataHeight + below);
                    places.Add(new(
                        new PixelRect(start, left + DataWidth + _right, top + TitleHeight + DataHeight + below, top),
                        new PixelPadding(left - start, _right, below, TitleHeight),
                        _scales[i],
                        Across(i),
                        AxisTicks.Up(_scales[i], DataHeight)));
                    texts.AddRange(panel.Title.Length == 0 ? [] : Title(panel).Reverse().Select((line, l) => new PlacedText(line, left + (DataWidth / 2), top + TitleHeight - 8 - (l * TitleLine), IsTitle: true)));
                    if (_hasX[i] && panel.XLabel.Length > 0)
                    {
                        texts.Add(new(_text.Fitted(panel.XLabel, _text.Label, DataWidth + (2 * Right)), left + (DataWidth / 2), top + TitleHeight + DataHeight + below - 5));
                    }

                    if (_hasY[i] && !isShared)
                    {
                        texts.Add(new(_text.Fitted(panel.YLabel, _text.Label, DataHeight + TitleHeight + below - Gap), start + (column == 0 ? 12 : Gap + 12), Centre(top, below, panel.YLabel), IsUpright: true));
                    }
                }

                top += RowHeight(row);
            }

            if (isShared)
            {
                var label = _figure.Panels[0].YLabel;
                var height = top - RowHeight(_rows - 1) + TitleHeight + DataHeight;
                texts.Add(new(_text.Fitted(label, _text.Label, height), 12, (TitleHeight + height) / 2, IsUpright: true));
            }

            return new(
                _sheet.Width,
                Math.Max(bottom + 4, top + 2) + _legendHeight,
                places.ToImmutable(),
                texts.ToImmutable(),
                _legendWidth > 0 ? _legend : [.. _legend.Select(entry => entry with { Y = entry.Y + Math.Max(bottom, top) })]);
        }

        private AxisTicks Across(int i) => AxisTicks.Across(_figure.Panels[i], _scales[i], DataWidth, i % _columns == 0 ? _left - 2 : _inner - 4, _text);

        private string[] Title(FigurePanel panel) => _text.Lines(panel.Title, _text.Bold, DataWidth + (2 * Math.Min(Right, _right)) - 4, MostTitleLines);

        // Beside its data area, unless it is longer than that.
        private float Centre(float top, float below, string label)
        {
            var (first, last) = (top, top + TitleHeight + DataHeight + below - Gap);
            var half = Math.Min(_text.Label.MeasureText(label), last - first) / 2;
            return Math.Clamp(top + TitleHeight + (DataHeight / 2), first + half, Math.Max(first + half, last - half));
        }

        private float RowHeight(int row) => TitleHeight + DataHeight + TickLine + Gap + (IsLabelled(row) ? LabelLine : 0);

        private bool IsLabelled(int row) => Enumerable.Range(row * _columns, Math.Min(_columns, _figure.Panels.Length - (row * _columns))).Any(i => _hasX[i] && (row == _rows - 1 || i + _columns < _figure.Panels.Length));

        private float Height(out float most)
        {
            var around = Enumerable.Range(0, _rows).Sum(row => (_titleLines == 0 ? Gap : TitleHeight) + TickLine + Gap + (IsLabelled(row) ? LabelLine : 0)) + _legendHeight;
            most = (_sheet.MaxHeight - around - 4) / _rows;
            var wanted = _sheet.Size switch
            {
                FigureSize.Slide => _columns == 1 ? most : Math.Min(most, DataWidth / BestAspect * 1.3f),
                FigureSize.Column => _figure.Panels.Length == 1 ? 180 : _columns == 1 ? 115 : 100,
                _ => _figure.Panels.Length == 1 ? 284 : _columns <= 2 ? 180 : 132,
            };
            return Math.Min(wanted, most);
        }
    }
}
