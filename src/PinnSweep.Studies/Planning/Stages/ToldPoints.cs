using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Planning.Stages;

/// <summary>Reads and checks what an optimizer outside proposes for a search: maps from the names of dimensions to values.</summary>
/// <param name="plan">The study.</param>
/// <param name="state">The search, with all of its proposals so far.</param>
public sealed class ToldPoints(StudyPlan plan, SearchState state)
{
    private readonly SearchSpace _space = state.Search.Space.Space;
    private readonly List<string> _mistakes = [];

    /// <summary>The points.</summary>
    /// <param name="told">One map a point; dimensions that mean nothing at it are absent or null.</param>
    /// <exception cref="UserMistakeException">All that is wrong with them, one line each.</exception>
    public ImmutableArray<SpacePoint> Read(IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> told)
    {
        if (StageMachine.LeftOf(plan, state) is var left && told.Count > left)
        {
            throw new UserMistakeException(FormattableString.Invariant(
                $"search {state.Number} ({state.Search.Name}): {told.Count} points are told and {left} of its purse of {state.Points.Count + left} are left"));
        }

        var known = state.Points.Select(point => (Levels: state.LevelsAt(point.Point), Name: $"proposal {point.Number}")).DistinctBy(point => point.Levels).ToDictionary(point => point.Levels, point => point.Name);
        var points = ImmutableArray.CreateBuilder<SpacePoint>();
        for (var i = 0; i < told.Count; i++)
        {
            var place = FormattableString.Invariant($"search {state.Number}, point {i}");
            if (Point(told[i], place) is not { } point)
            {
                continue;
            }

            // Two values may be one and the same trial, as a width of a list without elements.
            var levels = state.LevelsAt(point);
            if (!known.TryAdd(levels, $"{place} of what is told"))
            {
                _mistakes.Add($"{place}: is {known[levels]} already, and a trial is not trained twice");
            }

            points.Add(point);
        }

        return _mistakes.Count == 0 ? points.ToImmutable() : throw new UserMistakeException(string.Join('\n', _mistakes));
    }

    private SpacePoint? Point(IReadOnlyDictionary<string, JsonElement> told, string place)
    {
        var before = _mistakes.Count;
        var names = _space.Dimensions.Select(dimension => dimension.Name).ToList();
        foreach (var unknown in told.Keys.Where(name => !names.Contains(name)))
        {
            _mistakes.Add($"{place}: no dimension is called {NearestMatch.Quote(unknown)}{NearestMatch.Hint(unknown, names)}");
        }

        var values = new SpecValue?[names.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var isTold = told.TryGetValue(names[i], out var value) && value.ValueKind is not JsonValueKind.Null;
            if (!_space.Counts(i, values))
            {
                if (isTold)
                {
                    _mistakes.Add($"{place}: {names[i]} means nothing at this point; leave it out");
                }
            }
            else if (!isTold)
            {
                _mistakes.Add($"{place}: {names[i]} is missing; expected {_space.Dimensions[i].Scale}");
            }
            else if (ValueOf(_space.Dimensions[i].Scale, value) is { } read)
            {
                values[i] = read;
            }
            else
            {
                _mistakes.Add($"{place}: {names[i]} is {NearestMatch.Quote(value.GetRawText())}; expected {_space.Dimensions[i].Scale}");
            }
        }

        return _mistakes.Count == before ? new([.. values]) : null;
    }

    /// <summary>Null where the scale does not have it. A level may be told by its kind, where only one of the choice has that.</summary>
    private static SpecValue? ValueOf(DimensionScale scale, JsonElement json) => (scale, json.ValueKind) switch
    {
        (DimensionScale.Linear line, JsonValueKind.Number) => Within(json, line.Low, line.High, isWhole: false),
        (DimensionScale.Log line, JsonValueKind.Number) => Within(json, line.Low, line.High, isWhole: false),
        (DimensionScale.Integer whole, JsonValueKind.Number) => Within(json, whole.Low, whole.High, isWhole: true),
        (DimensionScale.Choice choice, _) => choice.Values.Contains(SpecValue.FromJson(json)) ? SpecValue.FromJson(json)
            : json.ValueKind == JsonValueKind.String && choice.Values.Where(value => KindOf(value) == json.GetString()).ToList() is [var only] ? only
            : null,
        _ => null,
    };

    private static SpecValue.Number? Within(JsonElement json, double low, double high, bool isWhole) =>
        json.TryGetDouble(out var value) && value >= low && value <= high && (!isWhole || Math.Floor(value) == value) ? new SpecValue.Number(value) : null;

    private static string? KindOf(SpecValue value) => value is SpecValue.Map map && map.Entries.GetValueOrDefault("kind") is SpecValue.Text kind ? kind.Value : null;
}
