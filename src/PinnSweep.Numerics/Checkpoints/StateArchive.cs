using PinnSweep.Numerics.Streams;

namespace PinnSweep.Numerics.Checkpoints;

/// <summary>
/// Named state in a fixed order. The same calls write it (<see cref="StateWriter"/>) or read it into the same places
/// (<see cref="StateReader"/>), so an object says once what a checkpoint holds of it.
/// </summary>
public abstract class StateArchive : IDisposable
{
    /// <summary>Whether state is read: what follows from it has to be computed anew.</summary>
    public abstract bool IsLoading { get; }

    /// <summary>A number.</summary>
    public abstract void Number(string name, ref double value);

    /// <summary>A whole number.</summary>
    public abstract void Count(string name, ref long value);

    /// <summary>Text.</summary>
    public abstract void Text(string name, ref string value);

    /// <summary>A vector whose length does not change.</summary>
    public abstract void Vector(string name, Span<double> values);

    /// <summary>A vector of any length.</summary>
    public abstract void Vector(string name, ref double[] values);

    /// <summary>A whole number of 32 bits, which stands in a checkpoint as any other.</summary>
    public void Count(string name, ref int value)
    {
        long count = value;
        Count(name, ref count);
        value = count is >= int.MinValue and <= int.MaxValue ? (int)count : throw new InvalidDataException($"state '{name}' is {count}, more than it can be");
    }

    /// <summary>Yes or no, as 1 or 0.</summary>
    public void Flag(string name, ref bool value)
    {
        var flag = value ? 1L : 0;
        Count(name, ref flag);
        value = flag != 0;
    }

    /// <summary>The position of a random stream.</summary>
    public void Stream(string name, RandomStream stream)
    {
        var position = unchecked((long)stream.Position);
        Count(name, ref position);
        stream.Position = unchecked((ulong)position);
    }

    /// <summary>A vector of single precision whose length does not change; a checkpoint holds the same numbers as doubles.</summary>
    public void Singles(string name, float[] values)
    {
        var doubles = Array.ConvertAll(values, value => (double)value);
        Vector(name, doubles.AsSpan());
        Array.ConvertAll(doubles, value => (float)value).CopyTo(values, 0);
    }

    /// <summary>
    /// The number of items, and as many items for the caller to go through: those given, or where state is read empty ones to be filled.
    /// </summary>
    public IEnumerable<T> List<T>(string name, IReadOnlyCollection<T> items)
    {
        var count = items.Count;
        Count(name, ref count);
        return IsLoading ? Enumerable.Repeat(default(T)!, count) : [.. items];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets the stream go, which stays open.</summary>
    protected abstract void Dispose(bool disposing);
}
