using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Catalogs;

/// <summary>A parameter that reads its own value, so that its name, its type and what its absence means are said once.</summary>
/// <typeparam name="T">What the method takes.</typeparam>
/// <param name="Name">As in <see cref="Parameter"/>.</param>
/// <param name="Type">As in <see cref="Parameter"/>.</param>
/// <param name="Default">As in <see cref="Parameter"/>.</param>
/// <param name="Summary">As in <see cref="Parameter"/>.</param>
/// <param name="Read">Makes it from a value of the type.</param>
public sealed record Parameter<T>(string Name, ParameterType Type, SpecValue? Default, string Summary, Func<SpecValue, T> Read)
    : Parameter(Name, Type, Default, Summary)
{
    /// <summary>What a level says; where it leaves the parameter out, what that means (<see cref="Parameter.Absent"/>).</summary>
    public T Of(Level level) => Of(level.Parameters);

    /// <summary>The same of a group with known keys.</summary>
    /// <exception cref="KeyNotFoundException">It is not there, and its absence means nothing.</exception>
    public T Of(SpecValue.Map values) => values.Entries.TryGetValue(Name, out var value) || (value = Absent ?? Nothing) is not null
        ? Read(value)
        : throw new KeyNotFoundException($"parameter '{Name}' is missing; present: {string.Join(", ", values.Entries.Keys)}");

    /// <summary>The same of a level whose kind may not have the parameter.</summary>
    public T Of(Level level, T otherwise) => level.Parameters.Entries.ContainsKey(Name) ? Of(level) : otherwise;

    /// <summary>What may be nothing is nothing where it is not there.</summary>
    private SpecValue? Nothing => Type switch
    {
        ParameterType.Optional => SpecValue.None.Value,
        ParameterType.MapOf => SpecValue.Map.Empty,
        _ => null,
    };
}
