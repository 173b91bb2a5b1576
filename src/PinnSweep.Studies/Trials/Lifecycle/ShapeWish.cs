using System.Collections.Immutable;

namespace PinnSweep.Studies.Trials.Lifecycle;

/// <summary>
/// The shapes that a worker trains already: trials of one shape share its device as one program. A hint, so it is no part of the state, and
/// nothing of it is journalled.
/// </summary>
/// <param name="Running">Ids of shapes (<see cref="TrialShape.Id"/>) that run on the worker; empty for one that is idle.</param>
/// <param name="Plans">
/// By study the shape of each trial, in the order of its plan, as far as it has been read; null where it is not known.
/// </param>
public sealed record ShapeWish(ImmutableHashSet<string> Running, IReadOnlyDictionary<string, ImmutableArray<string?>> Plans)
{
    /// <summary>The shape of a trial of a study; null where it is not known.</summary>
    public string? ShapeOf(string study, int position) =>
        Plans.TryGetValue(study, out var shapes) && position < shapes.Length ? shapes[position] : null;

    /// <summary>Whether a trial would join others of its shape.</summary>
    internal bool Joins(string study, int position) => ShapeOf(study, position) is { } shape && Running.Contains(shape);

    /// <summary>The wish once these trials run too: what begins a shape is joined by the next.</summary>
    internal ShapeWish With(CoordinatorState state, TrialKey granted) =>
        state.Places[granted].Select(place => ShapeOf(place.Study, place.Position)).FirstOrDefault(shape => shape is not null) is { } begun
            ? this with { Running = Running.Add(begun) }
            : this;
}
