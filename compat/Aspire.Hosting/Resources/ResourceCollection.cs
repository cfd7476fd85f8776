using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection
{
    protected override void InsertItem(int index, IResource item)
    {
        if (this.FirstOrDefault(other => string.Equals(other.Name, item.Name, StringComparison.OrdinalIgnoreCase)) is { } taken)
            throw new DistributedApplicationException($"Resource '{item.Name}' of type {item.GetType().Name} can't be added: a {taken.GetType().Name} is called '{taken.Name}' already. Give it another name.");

        base.InsertItem(index, item);
    }
}
