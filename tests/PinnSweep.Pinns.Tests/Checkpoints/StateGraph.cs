using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using PinnSweep.Jets.Engines;
using PinnSweep.Methods.Time;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;
using PinnSweep.Training.Evaluations;
using PinnSweep.Training.Preparation;
using PinnSweep.Training.Steps;

namespace PinnSweep.Pinns.Tests.Checkpoints;

/// <summary>
/// The fields of a training and of everything it holds, as reflection finds them, whether or not a checkpoint knows of them. Left out is
/// what every training makes of its description: problems, engines, passes and grids.
/// </summary>
internal static class StateGraph
{
    private static readonly Type[] MadeAnew =
    [
        typeof(Problem), typeof(TermPasses), typeof(StepObjective), typeof(ResidualProbe), typeof(ResidualErrors), typeof(TestGridError), typeof(TermProbe), typeof(StageMaker),
        typeof(TrainedNetwork), typeof(TimeProvider), typeof(Delegate), typeof(Type),
    ];

    private static readonly Type[] Scalars = [typeof(double), typeof(long), typeof(int), typeof(bool), typeof(ulong)];

    /// <summary>
    /// Where two objects of the same description differ, fields named by their path. A random stream is its position; dictionaries and
    /// lists are their entries.
    /// </summary>
    public static List<string> Differences(object one, object other)
    {
        var found = new List<string>();
        Compare(one, other, "", new(new ByReference()), found);
        return found;
    }

    /// <summary>
    /// Single values that may change after the constructor: the fields that a method writes to. Each with its path, the object that has it,
    /// and the field.
    /// </summary>
    public static List<(string Path, object Owner, FieldInfo Field)> Changeable(object root)
    {
        var found = new List<(string, object, FieldInfo)>();
        Visit(root, (path, owner, field) =>
        {
            if (!field.IsInitOnly && !owner.GetType().IsValueType && !IsScratch(field) && Scalars.Contains(field.FieldType))
            {
                found.Add((path, owner, field));
            }
        });
        return found;
    }

    /// <summary>
    /// Overwrites whatever is called scratch with values that nothing computes: not a number, −1, a random stream elsewhere.
    /// </summary>
    /// <returns>How many fields there were.</returns>
    public static int Spoil(object root)
    {
        var count = 0;
        Visit(root, (_, owner, field) =>
        {
            if (IsScratch(field))
            {
                Overwrite(owner, field);
                count++;
            }
        });
        return count;
    }

    private static void Overwrite(object owner, FieldInfo field)
    {
        switch (field.GetValue(owner))
        {
            case double:
                field.SetValue(owner, double.NaN);
                break;
            case int:
                field.SetValue(owner, -1);
                break;
            case RandomStream stream:
                stream.Position = 987_654_321;
                break;
            case Array array:
                Fill(array);
                break;
            case var value:
                throw new NotSupportedException($"{field.DeclaringType!.Name}.{field.Name} is called scratch and holds {value ?? "null"}");
        }
    }

    private static void Fill(Array array)
    {
        for (var i = 0; i < array.Length; i++)
        {
            switch (array.GetValue(i))
            {
                case double:
                    array.SetValue(double.NaN, i);
                    break;
                case int:
                    array.SetValue(-1, i);
                    break;
                case Array inner:
                    Fill(inner);
                    break;
                case var value:
                    throw new NotSupportedException($"scratch of {value}");
            }
        }
    }

    private static void Compare(object? one, object? other, string path, HashSet<(object One, object Other)> seen, List<string> found)
    {
        if (ReferenceEquals(one, other) || IsLeftOut(one?.GetType() ?? other!.GetType()))
        {
            return;
        }

        if (one is null || other is null || one.GetType() != other.GetType())
        {
            found.Add($"{path}: {one ?? "null"} is not {other ?? "null"}");
        }
        else if (IsSingle(one.GetType()))
        {
            if (!one.Equals(other))
            {
                found.Add($"{path}: {one} is not {other}");
            }
        }
        else if (one.GetType().IsValueType || seen.Add((one, other)))
        {
            CompareParts(one, other, path, seen, found);
        }
    }

    private static void CompareParts(object one, object other, string path, HashSet<(object One, object Other)> seen, List<string> found)
    {
        if (Items(one) is { } items && Items(other) is { } others)
        {
            if (items.Count != others.Count)
            {
                found.Add($"{path}: {items.Count} entries are not {others.Count}");
                return;
            }

            // The first entry that differs says enough.
            for (var i = 0; i < items.Count && !found.Exists(text => text.StartsWith(path + "[", StringComparison.Ordinal)); i++)
            {
                Compare(items[i], others[i], $"{path}[{i}]", seen, found);
            }

            return;
        }

        foreach (var field in Fields(one.GetType()).Where(field => !IsScratch(field)))
        {
            Compare(field.GetValue(one), field.GetValue(other), $"{path}.{Name(field)}", seen, found);
        }
    }

    private static void Visit(object root, Action<string, object, FieldInfo> visit)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Go(root, "");

        void Go(object? value, string path)
        {
            if (value is null || IsLeftOut(value.GetType()) || IsSingle(value.GetType()) || (!value.GetType().IsValueType && !seen.Add(value)))
            {
                return;
            }

            if (Items(value) is { } items)
            {
                for (var i = 0; i < items.Count && items[i] is { } first && !IsSingle(first.GetType()); i++)
                {
                    Go(items[i], $"{path}[{i}]");
                }

                return;
            }

            foreach (var field in Fields(value.GetType()))
            {
                visit($"{path}.{Name(field)}", value, field);
                if (!IsScratch(field))
                {
                    Go(field.GetValue(value), $"{path}.{Name(field)}");
                }
            }
        }
    }

    /// <summary>The entries of an array or of a collection of the runtime, or null for anything else.</summary>
    private static List<object?>? Items(object value) =>
        value is Array array ? [.. array.Cast<object?>()]
        : value is IEnumerable entries && !IsOurs(value.GetType()) && !value.GetType().IsValueType ? [.. entries.Cast<object?>()]
        : null;

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        if (type == typeof(RandomStream))
        {
            return type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Where(field => Name(field) == nameof(RandomStream.Position));
        }

        // What a primary constructor was given is a field too, which may be written to and never is. A memo is empty after a restart, as it may be at any time.
        var own = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(field => !field.Name.EndsWith(">P", StringComparison.Ordinal) && !field.IsDefined(typeof(MemoAttribute)));
        return type.BaseType is { } above && above != typeof(object) && above != typeof(ValueType) ? own.Concat(Fields(above)) : own;
    }

    private static string Name(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;

    private static bool IsSingle(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal);

    private static bool IsScratch(FieldInfo field) => field.IsDefined(typeof(ScratchAttribute));

    private static bool IsOurs(Type type) => type.Assembly.GetName().Name!.StartsWith("PinnSweep", StringComparison.Ordinal);

    private static bool IsLeftOut(Type type) => type.Assembly == typeof(IJetEngine).Assembly
        || Array.Exists(MadeAnew, made => made.IsAssignableFrom(type))
        || (!IsOurs(type) && !IsSingle(type) && !type.IsArray && !type.IsValueType && !type.IsAssignableTo(typeof(IEnumerable)));

    /// <summary>Records would be compared by their content.</summary>
    private sealed class ByReference : IEqualityComparer<(object One, object Other)>
    {
        public bool Equals((object One, object Other) x, (object One, object Other) y) => ReferenceEquals(x.One, y.One) && ReferenceEquals(x.Other, y.Other);

        public int GetHashCode((object One, object Other) pair) => HashCode.Combine(RuntimeHelpers.GetHashCode(pair.One), RuntimeHelpers.GetHashCode(pair.Other));
    }
}
